export interface GenerateOptions {
	readonly vehicles?: number;
	readonly seed?: number;
}

export function generateFiles(options?: GenerateOptions): Record<string, string>;
export function writeFleet(folder: string, options?: GenerateOptions): string[];
