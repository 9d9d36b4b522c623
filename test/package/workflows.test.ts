import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, locateService } from '../lib/services/describe-with';
import { readManifest, root } from './installed-package';

interface Node {
	readonly name: string;
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
}

interface Workflow {
	readonly id: string;
	readonly name: string;
	readonly active: boolean;
	readonly nodes: readonly Node[];
	readonly connections: Readonly<Record<string, { main: ({ node: string }[] | null)[] }>>;
	readonly settings: { readonly errorWorkflow?: string };
	readonly pinData: object;
}

const ERRORS = 'fleetErrors';
const folder = join(root, 'workflows');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const workflows = files.map((file) => ({
	file,
	workflow: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow,
}));

/** Ids that workflows saved elsewhere, and the host's scripts, refer to. */
const IDS: Readonly<Record<string, string>> = {
	'email-import.json': 'fleetEmailImport',
	'errors.json': ERRORS,
	'feed-to-actions.json': 'fleetFeedToActions',
	'firings-to-actions.json': 'fleetFiringsToActions',
	'folder-import.json': 'fleetFolderImport',
	'import-progress.json': 'fleetImportProgress',
	'import-worker.json': 'fleetImportWorker',
	'pending-actions.json': 'fleetPendingActions',
	'retention.json': 'fleetRetention',
	'rule-form.json': 'fleetRuleForm',
	's3-import.json': 'fleetS3Import',
	'sftp-import.json': 'fleetSftpImport',
	'upload-api.json': 'fleetUploadApi',
	'upload-form.json': 'fleetUploadForm',
	'url-import.json': 'fleetUrlImport',
};

describe('the shipped workflows', () => {
	it('are these, each with an id that never changes', () => {
		expect(Object.fromEntries(workflows.map(({ file, workflow }) => [file, workflow.id]))).toEqual(IDS);
	});

	describe.each(workflows)('$file', ({ workflow: { nodes, connections, ...workflow } }) => {
		it('comes inactive, without data of a run', () => {
			expect(workflow).toMatchObject({ active: false, pinData: {} });
			expect(workflow.name).toMatch(/^Fleet: /);
		});

		it('explains itself on a sticky note', () => {
			const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			expect(notes.map(({ parameters }) => parameters.content)).toContainEqual(
				expect.stringMatching(/^## .+\n.+/),
			);
		});

		it('lets nobody in without credentials', () => {
			const isDoor = ({ type }: Node) => /\.(webhook|formTrigger|chatTrigger)$/.test(type);
			for (const { parameters, credentials } of nodes.filter(isDoor)) {
				expect(parameters.authentication).toMatch(/^(basicAuth|headerAuth|jwtAuth)$/);
				expect(Object.keys(credentials ?? {})).not.toEqual([]);
			}
			expect(JSON.stringify(nodes)).not.toMatch(/"authentication":"none"/);
		});

		it('tells its failures to the error workflow', () => {
			expect(workflow.settings.errorWorkflow).toBe(workflow.id === ERRORS ? undefined : ERRORS);
		});

		it('connects nodes that are there', () => {
			const names = new Set(nodes.map(({ name }) => name));
			expect(names.size).toBe(nodes.length);
			const connected = Object.entries(connections).flatMap(([from, { main }]) => [
				from,
				...main.flatMap((output) => (output ?? []).map(({ node }) => node)),
			]);
			expect(connected.filter((name) => !names.has(name))).toEqual([]);
		});

		it('calls workflows that are shipped', () => {
			const called = nodes
				.filter(({ type }) => type === 'n8n-nodes-base.executeWorkflow')
				.map(({ parameters }) => (parameters.workflowId as { value: string }).value);
			expect(Object.values(IDS)).toEqual(expect.arrayContaining(called));
		});
	});
});

describeWith('n8n', "the shipped workflows' nodes", () => {
	it('are those of this package and of n8n itself', async () => {
		const own = (await readManifest(root)).n8n.nodes.map(typeName);
		const nodesBase = join(locateService('n8n'), 'node_modules', 'n8n-nodes-base', 'package.json');
		const { n8n } = JSON.parse(readFileSync(nodesBase, 'utf8')) as { n8n: { nodes: string[] } };
		const known = new Set([
			...own.map((name) => `n8n-nodes-fleet.${name}`),
			...n8n.nodes.map((path) => `n8n-nodes-base.${typeName(path)}`),
		]);
		const used = workflows.flatMap(({ workflow }) => workflow.nodes.map(({ type }) => type));
		expect(used.filter((type) => !known.has(type))).toEqual([]);
	});
});

/** E.g. `dist/nodes/FleetRules/FleetRules.node.js` holds the type `fleetRules`. */
function typeName(path: string): string {
	const name = /([^/]+)\.node\.js$/.exec(path)?.[1] ?? '';
	return name.charAt(0).toLowerCase() + name.slice(1);
}
