export const bundledModules: {
	readonly alias: Record<string, string>;
	readonly define: Record<string, string>;
};
