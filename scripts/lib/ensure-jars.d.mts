type JavaProgram = 'kafka' | 's3proxy';

export function canHaveJars(name: JavaProgram): boolean;
export function ensureJars(name: JavaProgram, onProgress?: (note: string) => void): Promise<string>;
