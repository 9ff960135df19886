export function makeSample(folder: string): void;
