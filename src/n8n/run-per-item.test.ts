import { NodeOperationError, type INode } from 'n8n-workflow';
import { InvalidFieldError } from '../domain/errors';
import { runPerBatch, runPerItem } from './run-per-item';

const node: INode = {
	id: '1',
	name: 'Fleet',
	type: 'n8n-nodes-fleet.fleet',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const context = (items: number, continueOnFail = false) => ({
	getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
	getNode: () => node,
	continueOnFail: () => continueOnFail,
});

const badPlate = new InvalidFieldError('plate', 'plate is empty', 'Give a plate.');

async function failSecond(item: number): Promise<{ item: number }> {
	if (item === 1) throw badPlate;
	return { item };
}

describe('runPerItem', () => {
	it('pairs every record with the item that it stems from', async () => {
		const output = await runPerItem(context(3), async (item) => [{ item }, { item }].slice(0, item));
		expect(output).toEqual([
			{ json: { item: 1 }, pairedItem: { item: 1 } },
			{ json: { item: 2 }, pairedItem: { item: 2 } },
			{ json: { item: 2 }, pairedItem: { item: 2 } },
		]);
	});

	it('stops at a failing item with what happened, where, and how to mend it', async () => {
		const error = await runPerItem(context(3), failSecond).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'plate is empty [item 1]',
			description: 'Give a plate.',
			context: { itemIndex: 1 },
		});
	});

	it('goes on behind a failing item where the node is set to', async () => {
		expect(await runPerItem(context(3, true), failSecond)).toEqual([
			{ json: { item: 0 }, pairedItem: { item: 0 } },
			{ json: { error: 'plate is empty', details: 'Give a plate.' }, pairedItem: { item: 1 } },
			{ json: { item: 2 }, pairedItem: { item: 2 } },
		]);
	});

	it('keeps the text of errors that n8n would replace by a vaguer one', async () => {
		const refused = async () => {
			throw new Error('PostgreSQL at db:5432 cannot be reached: connect ECONNREFUSED');
		};
		await expect(runPerItem(context(1), refused)).rejects.toThrow(
			'PostgreSQL at db:5432 cannot be reached: connect ECONNREFUSED [item 0]',
		);
	});

	it('hands on errors of n8n as they are', async () => {
		const own = new NodeOperationError(node, 'as it is');
		await expect(runPerItem(context(1), async () => await Promise.reject(own))).rejects.toBe(own);
	});
});

describe('runPerBatch', () => {
	const fail = async () => await Promise.reject<never>(badPlate);

	it('returns what the work returns', async () => {
		const outputs = [[{ json: { a: 1 } }], []];
		expect(await runPerBatch(context(2), 2, async () => outputs)).toBe(outputs);
	});

	it('stops with an error that names no item', async () => {
		await expect(runPerBatch(context(2), 2, fail)).rejects.toMatchObject({
			message: 'plate is empty',
			description: 'Give a plate.',
		});
	});

	it('gives one failed item for each input item where the node is set to continue', async () => {
		const json = { error: 'plate is empty', details: 'Give a plate.' };
		expect(await runPerBatch(context(2, true), 3, fail)).toEqual([
			[
				{ json, pairedItem: { item: 0 } },
				{ json, pairedItem: { item: 1 } },
			],
			[],
			[],
		]);
	});
});
