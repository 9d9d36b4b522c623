const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/** `node_modules/@a/b/lib/c.js` -> `node_modules/@a/b`; nested copies too. Null for files of our own. */
function packageFolder(input) {
	const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll('\\', '/'));
	return match ? match[1] : null;
}

function describe(folder) {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const texts = readdirSync(folder)
		.filter((file) => LICENCE_FILE.test(file))
		.map((file) => readFileSync(join(folder, file), 'utf8').trim());
	return [`${name} ${version} (${license ?? 'see below'})`, ...texts].join('\n\n');
}

/** The licence texts of all packages that went into a bundle, from the paths of its inputs. */
function thirdPartyLicences(inputs) {
	const folders = new Set(inputs.map(packageFolder).filter((folder) => folder && existsSync(folder)));
	const parts = [...folders].sort().map(describe);
	const line = `\n\n${'-'.repeat(80)}\n\n`;
	return `This package contains the following software of others, under their own licences.${line}${parts.join(line)}\n`;
}

module.exports = { thirdPartyLicences };
