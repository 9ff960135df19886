import { listEnvironments } from './environment';

const dayMs = 24 * 60 * 60 * 1000;

/** One line per environment, the oldest first. */
export async function report(now: Date): Promise<string[]> {
  const environments = await listEnvironments();
  return environments
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map(({ name, createdAt }) => `${name}: ${Math.floor((now.getTime() - createdAt.getTime()) / dayMs)} days old`);
}
