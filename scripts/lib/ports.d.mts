export function freePort(): Promise<number>;
export function isPortFree(port: number): Promise<boolean>;
export function portHolder(port: number): Promise<string>;
