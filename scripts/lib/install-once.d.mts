type Installable = 'node' | 'n8n' | 'kafka' | 's3proxy';

export function installFolder(name: Installable): string;
export function installOnce(
	name: Installable,
	install: (folder: string) => Promise<void>,
	onProgress?: (note: string) => void,
): Promise<string>;
