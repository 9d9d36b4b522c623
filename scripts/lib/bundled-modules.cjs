/**
 * What esbuild is told of modules that look for files beside them: the Kafka library's WebAssembly comes as text within
 * the bundle, and what it would `require` by its own place is not there, as it expects.
 */
exports.bundledModules = {
	alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
	define: { 'import.meta.url': '"file:///bundle.js"' },
};
