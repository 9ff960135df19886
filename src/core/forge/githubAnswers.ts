import * as z from 'zod/mini';

// What is read of GitHub's answers. The rest of them is left alone; what is missing here is an answer of something else.
const user = z.nullable(z.object({ login: z.string(), type: z.string() }));

export const viewerAnswer = z.object({ login: z.string() });
export const pullAnswer = z.object({ number: z.int(), html_url: z.string(), user, head: z.object({ sha: z.string(), ref: z.string() }) });
export const pullsAnswer = z.array(pullAnswer);
export const commentsAnswer = z.array(z.object({ id: z.int(), body: z.optional(z.string()), html_url: z.string(), user }));
export const commentAnswer = z.object({ html_url: z.string() });
export const requestedAnswer = z.object({ number: z.int() });
export const reviewsAnswer = z.array(z.object({ state: z.string(), user, commit_id: z.nullable(z.string()), submitted_at: z.optional(z.string()) }));

/** What checks an answer and reads it. */
export type Reads<T> = z.ZodMiniType<T>;

export type Pull = z.infer<typeof pullsAnswer>[number];
export type Comment = z.infer<typeof commentsAnswer>[number];
export type Review = z.infer<typeof reviewsAnswer>[number];
