export function installFolder(name: 'node' | 'n8n'): Promise<string>;
export function installOnce(
	name: 'node' | 'n8n',
	install: (folder: string) => Promise<void>,
	onProgress?: (note: string) => void,
): Promise<string>;
