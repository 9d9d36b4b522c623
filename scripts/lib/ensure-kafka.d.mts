export function canHaveKafka(): boolean;
export function ensureKafka(onProgress?: (note: string) => void): Promise<string>;
