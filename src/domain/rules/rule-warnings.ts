import { nearestName } from '../nearest-name';
import { templateAttributes } from '../templates-check';
import { describeDuration } from './describe-duration';
import { innerPatterns } from './inner-patterns';
import { patternAttributes, recordAttributes } from './pattern-attributes';
import { patternGeofences } from './pattern-geofences';
import type { Pattern } from './pattern';
import { SEVERITIES } from './rule';
import type { ActionSpec, RuleFields } from './rule';

/** What there is in the fleet. */
export interface KnownNames {
	/** What vehicles have reported. */
	readonly attributes: Iterable<string>;
	/** What was entered for vehicles and customers; null when it was not looked up: then nothing is said of it. */
	readonly recordAttributes: Iterable<string> | null;
	readonly geofences: Iterable<string>;
	/** Of the geofences. */
	readonly tags: Iterable<string>;
}

/** A report's position is there for rules beside its attributes. */
const POSITION_NAMES = ['latitude', 'longitude', 'heading'];

/** What a person should look at, although the rule is good as it is. */
export function ruleWarnings(rule: RuleFields, known: KnownNames): string[] {
	const patterns = patternsOf(rule);
	const reported = [...POSITION_NAMES, ...known.attributes];
	const asked = patterns.flatMap(patternAttributes);
	const shown = rule.actions.flatMap(textsOf).flatMap(templateAttributes);
	const refs = patterns.flatMap(patternGeofences);
	const fences = refs.flatMap((ref) => ('geofence' in ref ? [ref.geofence] : []));
	const tags = refs.flatMap((ref) => ('tag' in ref ? [ref.tag] : []));
	const ofRecords = known.recordAttributes === null ? [] : patterns.flatMap(recordAttributes);
	return [
		...unknown(asked, reported, (name) => `No vehicle has reported '${name}' yet`),
		...unknown(
			shown.filter((name) => !asked.includes(name)),
			reported,
			(name) => `No vehicle has reported '${name}' yet, which the actions' texts show`,
		),
		...unknown(
			ofRecords,
			known.recordAttributes ?? [],
			(name) => `No vehicle or customer has an attribute '${name}' entered yet`,
		),
		...unknown(fences, known.geofences, (name) => `There is no geofence '${name}'`),
		...unknown(tags, known.tags, (name) => `No geofence is tagged '${name}'`),
		...withoutEffect(rule, patterns),
		...patterns.flatMap(longWindows),
	];
}

function patternsOf({ pattern, clear, escalations = [] }: RuleFields): Pattern[] {
	return [
		pattern,
		...(clear === undefined ? [] : [clear]),
		...escalations.flatMap((escalation) => ('when' in escalation ? [escalation.when] : [])),
	];
}

function textsOf(action: ActionSpec): string[] {
	switch (action.type) {
		case 'sendEmail':
			return [action.to, action.subject, action.text];
		case 'storeLog':
			return [action.message];
		case 'createTask':
			return [action.title, action.description ?? ''];
	}
}

function unknown(names: readonly string[], known: Iterable<string>, say: (name: string) => string): string[] {
	const there = new Set(known);
	return [...new Set(names)]
		.filter((name) => !there.has(name))
		.map((name) => {
			const nearest = nearestName(name, there);
			return `${say(name)}.${nearest === null ? '' : ` Did you mean '${nearest}'?`}`;
		});
}

/** What is said and changes nothing. */
function withoutEffect(rule: RuleFields, patterns: readonly Pattern[]): string[] {
	const { severity, maxGapSeconds, escalations = [], fire, actions } = rule;
	const warnings: string[] = [];
	if (maxGapSeconds !== undefined && !patterns.some(hasDuration)) {
		warnings.push('The longest gap has no effect: nothing in the rule has to hold for some time.');
	}
	for (const escalation of escalations) {
		if (SEVERITIES.indexOf(escalation.severity) > SEVERITIES.indexOf(severity)) continue;
		warnings.push(
			`Escalating to ${escalation.severity} has no effect: the rule's own severity is ${severity}.`,
		);
	}
	const repeats = actions.some(({ on = 'fired', type }) => on === 'fired' && type !== 'createTask');
	if (fire.remindEverySeconds !== undefined && !repeats) {
		warnings.push('Reminders repeat emails and log entries, but the rule has none for when it fires.');
	}
	if (fire.quietHours !== undefined && !actions.some(({ type }) => type === 'sendEmail')) {
		warnings.push('Quiet hours hold back emails, but the rule sends none.');
	}
	return warnings;
}

/** Of a window every report is remembered, for each vehicle, and written again with the next one. */
const LONG_WINDOW_SECONDS = 86_400;

function longWindows(pattern: Pattern): string[] {
	const inner = innerPatterns(pattern).flatMap(longWindows);
	if (!('aggregate' in pattern) || pattern.withinSeconds <= LONG_WINDOW_SECONDS) return inner;
	const window = describeDuration(pattern.withinSeconds);
	return [
		`The ${pattern.aggregate} over ${window} remembers all its reports: it slows the feed down.`,
		...inner,
	];
}

function hasDuration(pattern: Pattern): boolean {
	return 'holds' in pattern || 'dwells' in pattern || innerPatterns(pattern).some(hasDuration);
}
