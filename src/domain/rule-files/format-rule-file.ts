import { Document, isMap, isSeq, visit } from 'yaml';
import type { Node } from 'yaml';
import type { GeofenceFields } from '../geofence';
import type { Escalation, FiringPolicy } from '../rules/rule';
import { isChange } from '../rules/pattern';
import type { Pattern } from '../rules/pattern';
import { shortScope } from './file-scope';
import type { FileRule, RuleFile } from './rule-file';

/** What fits on one line is written on one. */
const MAX_LINE = 96;
/** Mappings that read better as a paragraph of lines, however short they are. */
const ALWAYS_LINES = new Set(['name', 'description', 'rules', 'geofences']);

export type FileFormat = 'yaml' | 'json';

/**
 * Rules for people and version control: keys always in the same order, what goes without saying left out and, in YAML,
 * a condition a line. `parseRuleFile` reads the same rules back from either.
 */
export function formatRuleFile(
	{ description, rules, geofences }: RuleFile,
	format: FileFormat = 'yaml',
): string {
	const plain = {
		...(description === undefined ? {} : { description }),
		rules: rules.map(plainRule),
		...(geofences.length === 0 ? {} : { geofences: geofences.map(plainGeofence) }),
	};
	if (format === 'json') return `${JSON.stringify(plain, null, 2)}\n`;
	const document = new Document(plain, { aliasDuplicateObjects: false });
	visit(document, {
		Collection: (_key, node) => {
			if (!fitsOnLine(node, document)) return undefined;
			node.flow = true;
			return visit.SKIP;
		},
	});
	return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function fitsOnLine(node: Node, document: Document): boolean {
	if (isMap(node) && node.items.some(({ key }) => ALWAYS_LINES.has(String(key)))) return false;
	if (!isMap(node) && !isSeq(node)) return false;
	const text = JSON.stringify(node.toJS(document));
	const isList = isSeq(node) && node.items.some(isMap);
	return text.length <= MAX_LINE && !isList && !text.includes('\\n');
}

function plainRule(rule: FileRule): object {
	const { name, severity, enabled, scope, pattern, maxGapSeconds, clear, escalations, fire, actions } = rule;
	return withoutUndefined({
		name,
		severity,
		enabled: enabled ? undefined : false,
		scope: shortScope(scope),
		pattern: shortPattern(pattern),
		maxGapSeconds,
		clear: clear && shortPattern(clear),
		escalations: escalations?.map(plainEscalation),
		fire: plainFire(fire),
		actions: actions.length === 0 ? undefined : actions.map(typeFirst),
	});
}

function plainEscalation(escalation: Escalation): object {
	return 'when' in escalation
		? { severity: escalation.severity, when: shortPattern(escalation.when) }
		: { severity: escalation.severity, afterSeconds: escalation.afterSeconds };
}

function plainFire({ on, cooldownSeconds, ...others }: FiringPolicy): object | undefined {
	const { clearAfterSeconds, maxPerDay, remindEverySeconds, quietHours, timeZone } = others;
	const fire = withoutUndefined({
		on: on === 'edge' ? undefined : on,
		cooldownSeconds: cooldownSeconds === 0 ? undefined : cooldownSeconds,
		clearAfterSeconds,
		maxPerDay,
		remindEverySeconds,
		quietHours,
		timeZone,
	});
	return Object.keys(fire).length === 0 ? undefined : fire;
}

function typeFirst({ type, on, ...texts }: FileRule['actions'][number]): object {
	return withoutUndefined({ type, on, ...texts });
}

/** A comparison that holds for some time is written as one: with `forSeconds` beside it. */
function shortPattern(pattern: Pattern): object {
	if ('all' in pattern) return { all: pattern.all.map(shortPattern) };
	if ('any' in pattern) return { any: pattern.any.map(shortPattern) };
	if ('not' in pattern) return { not: shortPattern(pattern.not) };
	if ('holds' in pattern) {
		const { holds, forSeconds } = pattern;
		return isComparison(holds) ? { ...holds, forSeconds } : { holds: shortPattern(holds), forSeconds };
	}
	if ('count' in pattern) return { ...pattern, count: shortPattern(pattern.count) };
	if ('first' in pattern) {
		const first = shortPattern(pattern.first);
		return 'then' in pattern
			? { first, then: shortPattern(pattern.then), withinSeconds: pattern.withinSeconds }
			: { first, thenNot: shortPattern(pattern.thenNot), withinSeconds: pattern.withinSeconds };
	}
	return pattern;
}

function isComparison(pattern: Pattern): boolean {
	return 'attribute' in pattern && !('aggregate' in pattern) && !isChange(pattern);
}

function plainGeofence({ name, tags, shape, hysteresisMeters }: GeofenceFields): object {
	return { name, ...(tags.length === 0 ? {} : { tags }), shape, hysteresisMeters };
}

function withoutUndefined(object: object): object {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
