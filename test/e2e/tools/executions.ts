import type { Call } from '../../../scripts/lib/n8n-client.mjs';
import { eventually } from './eventually';

export interface Execution {
	readonly id: string;
	readonly status: string;
	/** `trigger`, `webhook`, `manual`, `integrated` (called by another workflow), `error`. */
	readonly mode: string;
}

export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly pairedItem?: unknown;
}

interface Failure {
	readonly message: string;
	readonly description?: string | null;
}

export interface ExecutionData {
	readonly resultData: {
		readonly error?: Failure;
		readonly lastNodeExecuted?: string;
		readonly runData: Readonly<
			Record<string, readonly { readonly data?: { readonly main: readonly (readonly Item[] | null)[] } }[]>
		>;
	};
}

/** A workflow's executions, the newest first. */
export async function executionsOf(call: Call, workflowId: string): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await call<{ results: Execution[] }>('GET', `/executions?filter=${filter}&limit=100`);
	return results;
}

export async function readExecution(call: Call, id: string): Promise<ExecutionData> {
	const { data } = await call<{ data: string }>('GET', `/executions/${id}`);
	return unflatten(JSON.parse(data) as unknown[]) as ExecutionData;
}

/** The execution once it has ended, whichever way. */
export async function endedExecution(
	call: Call,
	id: string,
	withinMs?: number,
): Promise<Execution & { readonly data: ExecutionData }> {
	const ended = await eventually(
		`execution ${id} ends`,
		async () => {
			const found = await call<Execution>('GET', `/executions/${id}`);
			return ['success', 'error', 'crashed', 'canceled'].includes(found.status) && found;
		},
		withinMs,
	);
	return { ...ended, data: await readExecution(call, id) };
}

/** What a node gave at one of its outputs, over all of its runs. */
export function itemsOf({ resultData }: ExecutionData, node: string, output = 0): Item[] {
	return (resultData.runData[node] ?? []).flatMap(({ data }) => data?.main[output] ?? []);
}

/** n8n keeps an execution as a flat list in which texts inside objects and lists are the places of values. */
function unflatten(flat: readonly unknown[]): unknown {
	const built = new Map<number, unknown>();
	const at = (place: number): unknown => {
		if (built.has(place)) return built.get(place);
		const value = flat[place];
		if (typeof value !== 'object' || value === null) return value;
		const whole: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		built.set(place, whole);
		for (const [name, part] of Object.entries(value)) {
			Object.assign(whole, { [name]: typeof part === 'string' ? at(Number(part)) : part });
		}
		return whole;
	};
	return at(0);
}
