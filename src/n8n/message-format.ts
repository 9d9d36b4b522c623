import { InvalidFieldError } from '../domain/errors';
import type { MessageFormat } from '../domain/message-formats/message-format';
import { parseMessageFormat } from '../domain/message-formats/parse-message-format';

/** Reads a parameter of the node, e.g. `getNodeParameter` with the item. */
type GetParameter = (name: string, fallback: unknown) => unknown;

/** What `messageIdOptions` add to the collection `options`. */
export interface MessageIdOptions {
	readonly messageId?: 'message' | 'transport' | 'content' | 'field';
	readonly messageIdField?: string;
	readonly vehicleTopicLevel?: number;
}

type Entered = Readonly<Record<string, unknown>>;

/** What the fields are called in the node, by their paths in a format. */
const LABELS: Readonly<Record<string, string>> = {
	preset: 'Message Format',
	'messageId.field': 'Message ID Field',
	vehicleTopicLevel: 'Vehicle in Topic',
	'mapping.vehicle': 'Vehicle',
	'mapping.time': 'Time',
	'mapping.timeForm': 'Form of the Time',
	'mapping.latitude': 'Latitude',
	'mapping.longitude': 'Longitude',
	'mapping.heading': 'Heading',
	'mapping.items': 'List of Messages',
	'mapping.messageId': 'Message ID',
	'mapping.sequence': 'Sequence',
};

/** The format of `messageFormatFields` and `messageIdOptions`. Throws `InvalidFieldError` that names the node's field. */
export function messageFormat(get: GetParameter, options: MessageIdOptions = {}): MessageFormat {
	const preset = get('format', 'fleet');
	const { messageId = 'message', messageIdField, vehicleTopicLevel } = options;
	try {
		return parseMessageFormat(
			{
				preset,
				messageId: messageId === 'field' ? { field: given(messageIdField) } : messageId,
				vehicleTopicLevel,
				mapping: preset === 'custom' ? enteredMapping(get) : undefined,
			},
			'',
		);
	} catch (error) {
		if (!(error instanceof InvalidFieldError)) throw error;
		const label = labelOf(error.field);
		throw new InvalidFieldError(error.field, error.message.replaceAll(error.field, label), error.hint);
	}
}

function enteredMapping(get: GetParameter): Entered {
	const more = get('morePaths', {}) as Entered;
	const attributes = get('attributePaths.attribute', []) as readonly Entered[];
	return {
		vehicle: paths(get('vehiclePath', '')),
		time: paths(get('timePath', '')),
		timeForm: get('timeForm', 'auto'),
		latitude: paths(get('latitudePath', '')),
		longitude: paths(get('longitudePath', '')),
		heading: paths(more.heading),
		items: paths(more.items),
		messageId: paths(more.messageId),
		sequence: paths(more.sequence),
		others: more.others,
		attributes: attributes.map(({ path, name, unit }) => ({
			path: paths(path),
			name: given(name),
			unit: given(unit),
		})),
	};
}

const given = (entered: unknown): unknown =>
	typeof entered === 'string' ? entered.trim() || undefined : entered;

/** One path, or several that are separated by commas. */
function paths(entered: unknown): unknown {
	const text = given(entered);
	if (typeof text !== 'string' || !text.includes(',')) return text;
	return text.split(',').map((path) => path.trim());
}

function labelOf(field: string): string {
	const [, row, part] = /^mapping\.attributes\[(\d+)\]\.?(\w*)/.exec(field) ?? [];
	if (row !== undefined) return `Attributes, row ${Number(row) + 1}${part ? `, ${part}` : ''}`;
	const known = Object.keys(LABELS).find((path) => field === path || field.startsWith(`${path}[`));
	return (known && LABELS[known]) || field;
}
