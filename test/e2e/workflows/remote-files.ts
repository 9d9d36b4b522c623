import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { s3Client } from '../../../src/adapters/s3/s3-client';
import { describeWith, type S3Service, startS3 } from '../../lib/services/s3';
import type { RunningFleet } from '../lib/start-fleet';
import { queryFleet } from '../tools/fleet-file';
import { startSftp, type SftpService } from '../lib/sftp-server';
import { fileOf, fillIn, runNow } from '../tools/workflows';
import { endedImport } from './uploads';

/** The shipped workflows that fetch files, filled in as their notes say. */
export function remoteFiles(running: () => RunningFleet): void {
	async function runOf(workflowId: string, uploadedBy: string, trigger = 'Every fifteen minutes') {
		const { status } = await runNow(running().n8n, workflowId, trigger);
		expect(status).toBe('success');
		return queryFleet(
			running().host,
			'SELECT id, "fileName", etag, state FROM import WHERE "uploadedBy" = ? ORDER BY id',
			uploadedBy,
		);
	}
	async function addCredential(type: string, data: object) {
		const credential = { name: `${type} of the test`, type, data };
		const { id } = await running().n8n.call<{ id: string }>('POST', '/credentials', credential);
		return { id, name: credential.name };
	}

	describe('scheduled import from a URL', () => {
		let server: Server;
		let text = 'plate\nU FL 1\n';
		const answers: number[] = [];

		beforeAll(async () => {
			server = createServer((request, response) => {
				const etag = `"${text.length}"`;
				const isKnown = request.headers['if-none-match'] === etag;
				answers.push(isKnown ? 304 : 200);
				response.writeHead(isKnown ? 304 : 200, { etag, 'content-type': 'text/csv' });
				response.end(isKnown ? undefined : text);
			}).listen(0, '127.0.0.1');
			await once(server, 'listening');
			const { port } = server.address() as AddressInfo;
			await fillIn(running().n8n, 'fleetUrlImport', {
				'Fetch the file': { parameters: { url: `http://127.0.0.1:${port}/export/vehicles.csv` } },
			});
		});
		afterAll(async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		});

		it('imports the file, and not again while its server says that it has not changed', async () => {
			const [found, ...more] = await runOf('fleetUrlImport', 'URL');
			expect(found).toMatchObject({ fileName: 'vehicles.csv', etag: `"${text.length}"` });
			expect(more).toEqual([]);
			expect(await endedImport(running(), Number(found?.id))).toMatchObject({ rowsCreated: 1 });
			const again = await runOf('fleetUrlImport', 'URL');
			expect(again.map(({ id }) => id)).toEqual([found?.id]);
			expect(answers).toEqual([200, 304]);
		});

		it('imports it anew when it has changed', async () => {
			text += 'U FL 2\n';
			const found = await runOf('fleetUrlImport', 'URL');
			expect(found).toHaveLength(2);
			expect(await endedImport(running(), Number(found[1]?.id))).toMatchObject({
				...{ rowsCreated: 1, rowsUnchanged: 1 },
			});
		});
	});

	describeWith('s3', 'scheduled import from S3', () => {
		let s3: S3Service;

		beforeAll(async () => {
			s3 = await startS3();
			const fleetS3Api = await addCredential('fleetS3Api', { ...s3.options, folder: 'uploads' });
			await fillIn(running().n8n, 'fleetS3Import', { 'Import new objects': { credentials: { fleetS3Api } } });
			await put('incoming/first.csv', 'plate\nV FL 1\n');
			await put('incoming/deeper/second.json', '[{"plate":"V FL 2"}]');
			await put('elsewhere.csv', 'plate\nV FL 3\n');
		}, 120_000);
		afterAll(async () => await s3?.stop());

		const put = async (key: string, text: string) => {
			await s3Client(s3.options).tell({ method: 'PUT', key, body: Buffer.from(text) });
		};

		it('imports what is new below its prefix, keeps it in the bucket, and takes it once', async () => {
			const found = await runOf('fleetS3Import', 'S3');
			expect(found.map(({ fileName }) => fileName).sort()).toEqual(['first.csv', 'second.json']);
			const ended = await Promise.all(found.map(async ({ id }) => await endedImport(running(), Number(id))));
			expect(ended).toMatchObject([
				{ state: 'done', rowsCreated: 1 },
				{ state: 'done', rowsCreated: 1 },
			]);
			expect(await runOf('fleetS3Import', 'S3')).toEqual(found);
			await put('incoming/first.csv', 'plate\nV FL 1\nV FL 4\n');
			const [, , changed] = await runOf('fleetS3Import', 'S3');
			expect(await endedImport(running(), Number(changed?.id))).toMatchObject({
				...{ fileName: 'first.csv', rowsCreated: 1, rowsUnchanged: 1 },
			});
		});
	});

	describe('scheduled import by SFTP', () => {
		let sftp: SftpService;

		beforeAll(async () => {
			sftp = await startSftp();
			const credential = await addCredential('sftp', sftp.options);
			const credentials = { sftp: credential };
			await fillIn(running().n8n, 'fleetSftpImport', {
				...{ 'List the files': { credentials }, 'Download it': { credentials } },
				'Move it away': { credentials },
			});
		});
		afterAll(async () => await sftp?.stop());

		it('imports what lies there, and moves it away by how its import has ended', async () => {
			sftp.put('incoming/first.csv', 'plate\nX FL 1\n');
			sftp.put('incoming/of no use.csv', 'plate,plate\nX FL 2,X FL 3\n');
			sftp.put('incoming/notes.md', '# no file of a fleet');
			const found = await runOf('fleetSftpImport', 'SFTP');
			expect(found.map(({ fileName, state }) => [fileName, state])).toEqual([
				['first.csv', 'done'],
				['of no use.csv', 'failed'],
			]);
			expect(sftp.files()).toEqual([
				...['incoming/done/first.csv', 'incoming/failed/of no use.csv', 'incoming/notes.md'],
			]);
		});
	});

	describe('import from email', () => {
		const from = (address: string, messageId: string, plate: string) => ({
			json: { from: { value: [{ address }] }, messageId, subject: 'Our vehicles' },
			binary: { attachment_0: fileOf('vehicles.csv', `plate\n${plate}\n`).data },
		});

		it('takes the attachments of trusted senders, of an email that comes twice once', async () => {
			const trusted = from('Fleet@example.com', '<1@example.com>', 'Y FL 1');
			const stranger = from('eve@example.com', '<2@example.com>', 'Y FL 2');
			await fillIn(running().n8n, 'fleetEmailImport', {}, { 'New email': [trusted, stranger, trusted] });
			const [found, ...more] = await runOf('fleetEmailImport', 'Fleet@example.com', 'New email');
			expect(more).toEqual([]);
			expect(await endedImport(running(), Number(found?.id))).toMatchObject({ rowsCreated: 1 });
			const plates = queryFleet(running().host, `SELECT plate FROM vehicle WHERE plate LIKE 'Y FL %'`);
			expect(plates).toEqual([{ plate: 'Y FL 1' }]);
		});
	});
}
