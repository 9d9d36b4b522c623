import type { Resource } from '../../../../src/n8n/operation';
import { deleteRejectedMessage } from './delete.operation';
import { exportRejectedMessages } from './export.operation';
import { getManyRejectedMessages } from './get-many.operation';
import { getRejectedMessage } from './get.operation';
import { replayManyRejectedMessages } from './replay-many.operation';
import { replayRejectedMessage } from './replay.operation';
import { updateRejectedMessage } from './update.operation';

export const rejectedMessage: Resource = {
	value: 'rejectedMessage',
	name: 'Rejected Message',
	description:
		'Messages of feeds that could not be taken, kept whole with the reason until they are replayed',
	defaultOperation: 'getAll',
	operations: [
		deleteRejectedMessage,
		exportRejectedMessages,
		getRejectedMessage,
		getManyRejectedMessages,
		replayRejectedMessage,
		replayManyRejectedMessages,
		updateRejectedMessage,
	],
};
