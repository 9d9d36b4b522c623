import { once } from 'node:events';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';

import { locateService } from '../../lib/services/describe-with';

export interface SftpService {
	/** Fields of n8n's SFTP credential. */
	readonly options: Readonly<Record<'host' | 'username' | 'password', string>> & { readonly port: number };
	put(path: string, text: string): void;
	/** Paths of all files, sorted. */
	files(): string[];
	/** Ends it, with all that it holds. */
	stop(): Promise<void>;
}

interface Emitter {
	on(event: string, listener: (...given: never[]) => void): Emitter;
}

type Attributes = Pick<fs.Stats, 'mode' | 'uid' | 'gid' | 'size'> & Record<'atime' | 'mtime', number>;

interface SftpStream extends Emitter {
	status(request: number, code: number): void;
	handle(request: number, handle: Buffer): void;
	data(request: number, data: Buffer): void;
	attrs(request: number, attributes: Attributes): void;
	name(request: number, names: readonly { filename: string; longname: string; attrs: Attributes }[]): void;
}

interface Login {
	readonly method: string;
	readonly username: string;
	readonly password?: string;
	accept(): void;
	reject(methods: readonly string[]): void;
}

/** What is used of the package `ssh2`, which n8n has for its own FTP node. */
interface Ssh2 {
	readonly Server: new (
		options: { readonly hostKeys: readonly string[] },
		onClient: (client: Emitter) => void,
	) => Server;
	readonly utils: { generateKeyPairSync(type: 'ed25519'): { readonly private: string } };
}

const [OK, END, NOT_FOUND] = [0, 1, 2] as const;

/** A real SFTP server on a loopback port, over a folder of its own. */
export async function startSftp(): Promise<SftpService> {
	const load = createRequire(join(locateService('n8n'), 'package.json'));
	const { Server: SshServer, utils } = load('ssh2') as Ssh2;
	const root = fs.mkdtempSync(join(tmpdir(), 'fleet-sftp-'));
	const login = { username: 'fleet', password: 'right' };
	const hostKeys = [utils.generateKeyPairSync('ed25519').private];
	const clients = new Set<{ end?: () => void }>();
	const server = new SshServer({ hostKeys }, (client) => {
		clients.add(client as { end?: () => void });
		client
			.on('authentication', (asked: Login) => {
				const isRight = asked.username === login.username && asked.password === login.password;
				if (isRight) asked.accept();
				else asked.reject(['password']);
			})
			.on('error', () => undefined)
			.on('session', (accept: () => Emitter) => {
				accept().on('sftp', (acceptSftp: () => SftpStream) => serve(acceptSftp(), root));
			});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		options: { ...login, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
		put: (path, text) => {
			fs.mkdirSync(dirname(join(root, path)), { recursive: true });
			fs.writeFileSync(join(root, path), text);
		},
		files: () =>
			fs
				.readdirSync(root, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => relative(root, join(entry.parentPath, entry.name)))
				.sort(),
		stop: async () => {
			for (const client of clients) client.end?.();
			await new Promise((resolve) => server.close(resolve));
			fs.rmSync(root, { recursive: true, force: true });
		},
	};
}

/** What a client asks for to list, read, move and make folders; ids of open files are their handles. */
function serve(sftp: SftpStream, root: string): void {
	const unlisted = new Map<number, string>();
	const pathOf = (path: string) => join(root, posix.resolve('/', path));
	const handleOf = (id: number) => Buffer.from([id >> 8, id & 255]);
	const idOf = (handle: Buffer) => handle.readUInt16BE(0);
	const answer = (event: string, work: (request: number, ...given: never[]) => void) =>
		sftp.on(event, (request: number, ...given: never[]) => {
			try {
				work(request, ...given);
			} catch {
				sftp.status(request, NOT_FOUND);
			}
		});
	const tell = (request: number, path: string) =>
		sftp.attrs(request, attributesOf(fs.statSync(pathOf(path))));
	const named = (folder: string, filename: string) => {
		const found = fs.statSync(join(folder, filename));
		const longname = `${found.isDirectory() ? 'd' : '-'}rw-r--r-- 1 fleet fleet ${found.size} ${filename}`;
		return { filename, longname, attrs: attributesOf(found) };
	};

	answer('REALPATH', (request, path: string) =>
		sftp.name(request, [{ ...named(root, '.'), filename: posix.resolve('/', path) }]),
	);
	answer('STAT', tell);
	answer('LSTAT', tell);
	answer('OPENDIR', (request, path: string) => {
		const id = fs.openSync(pathOf(path), 'r');
		unlisted.set(id, pathOf(path));
		sftp.handle(request, handleOf(id));
	});
	answer('READDIR', (request, handle: Buffer) => {
		const folder = unlisted.get(idOf(handle));
		unlisted.delete(idOf(handle));
		if (folder === undefined) return sftp.status(request, END);
		sftp.name(
			request,
			fs.readdirSync(folder).map((name) => named(folder, name)),
		);
	});
	answer('OPEN', (request, path: string) => sftp.handle(request, handleOf(fs.openSync(pathOf(path), 'r'))));
	answer('FSTAT', (request, handle: Buffer) => sftp.attrs(request, attributesOf(fs.fstatSync(idOf(handle)))));
	answer('READ', (request, handle: Buffer, offset: number, length: number) => {
		const data = Buffer.alloc(length);
		const read = fs.readSync(idOf(handle), data, 0, length, offset);
		if (read === 0) sftp.status(request, END);
		else sftp.data(request, data.subarray(0, read));
	});
	answer('CLOSE', (request, handle: Buffer) => {
		fs.closeSync(idOf(handle));
		sftp.status(request, OK);
	});
	answer('MKDIR', (request, path: string) => {
		fs.mkdirSync(pathOf(path));
		sftp.status(request, OK);
	});
	answer('RENAME', (request, from: string, to: string) => {
		fs.renameSync(pathOf(from), pathOf(to));
		sftp.status(request, OK);
	});
}

const attributesOf = ({ mode, uid, gid, size, atimeMs, mtimeMs }: fs.Stats): Attributes => ({
	...{ mode, uid, gid, size },
	...{ atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) },
});
