import { randomBytes, randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readJson, root } from './paths.mjs';

/** Without the letters and digits that are mistaken for each other when they are typed. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

function readablePassword() {
	const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	// n8n asks for a capital and a digit.
	return `Fleet${randomInt(2, 10)}-${group()}-${group()}-${group()}`;
}

/** Replaces the file in one step, readable by its owner only. */
export function writePrivately(path, value) {
	const partial = `${path}.${process.pid}.partial`;
	writeFileSync(partial, `${JSON.stringify(value, null, '\t')}\n`, { mode: 0o600 });
	renameSync(partial, path);
}

/**
 * The folder's logins and keys, generated at the first call and kept in `logins.json`. An encryption key that the
 * folder's n8n has already is taken over: with another one it could not read its credentials.
 */
export function loginsOf(userFolder, n8nFolder) {
	mkdirSync(userFolder, { recursive: true, mode: 0o700 });
	const path = join(userFolder, 'logins.json');
	const known = readJson(path);
	if (known) return known;
	const ownerPassword = readablePassword();
	const { hashSync } = createRequire(join(n8nFolder, 'package.json'))('bcryptjs');
	const logins = {
		ownerEmail: 'owner@fleet.example',
		ownerPassword,
		ownerPasswordHash: hashSync(ownerPassword, 10),
		formUser: 'fleet',
		formPassword: readablePassword(),
		apiHeaderName: 'X-Fleet-Key',
		apiHeaderValue: randomBytes(24).toString('base64url'),
		encryptionKey:
			readJson(join(userFolder, '.n8n', 'config'))?.encryptionKey ?? randomBytes(24).toString('base64url'),
	};
	writePrivately(path, logins);
	return logins;
}

/**
 * Puts the built package where n8n looks for community packages, as n8n's own installer leaves it: a copy, with
 * nothing of this clone's `node_modules` in reach.
 */
export function placePackage(userFolder) {
	const manifest = readJson(join(root, 'package.json'));
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', manifest.name);
	const builtFrom = readFileSync(join(root, 'dist', '.built-from'), 'utf8');
	const placedMark = join(target, 'dist', '.built-from');
	if (existsSync(placedMark) && readFileSync(placedMark, 'utf8') === builtFrom) return;
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	const { devDependencies: _dev, peerDependencies: _peer, scripts: _scripts, ...shipped } = manifest;
	writeFileSync(join(target, 'package.json'), JSON.stringify(shipped, null, '\t'));
	cpSync(join(root, 'dist'), join(target, 'dist'), { recursive: true });
	const ledger = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [manifest.name]: manifest.version },
	};
	const ledgerPath = join(nodes, 'package.json');
	const kept = readJson(ledgerPath);
	const dependencies = { ...kept?.dependencies, ...ledger.dependencies };
	writeFileSync(ledgerPath, JSON.stringify({ ...ledger, ...kept, dependencies }, null, '\t'));
}
