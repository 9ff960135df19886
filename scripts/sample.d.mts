export function makeSample(folder: string): Promise<void>;
