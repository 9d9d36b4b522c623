import type { ActionContent } from '../../domain/action';
import type { ActionSpec, Rule } from '../../domain/rules/rule';
import { renderAddresses, renderLine, renderTemplate, type TemplateContext } from '../../domain/templates';
import type { Occasion } from './save-firings';

export interface RenderedAction {
	/** In the rule's list of actions. */
	readonly position: number;
	readonly content: ActionContent;
}

/** What the rule does on the occasion, in its order, with the templates filled in by what is known at this moment. */
export function renderActions(occasion: Occasion): RenderedAction[] {
	const { rule, severity, vehicle, customer, firing, status } = occasion;
	if (rule === null) return [];
	const context: TemplateContext = {
		vehicle,
		customer,
		rule: { ...rule, severity },
		firing,
		occasion: occasion.kind,
		status,
		attributes: status.attributes,
	};
	return rule.actions.flatMap((spec, position) => {
		if (!follows(spec, occasion.kind)) return [];
		try {
			return { position, content: renderAction(spec, context) };
		} catch (error) {
			// Templates are checked when a rule is saved; one that got past that must not hold up the feed.
			return { position, content: notDone(rule, spec, position, error) };
		}
	});
}

/** Whether the action is done on the occasion. A reminder repeats what was said, not what was done. */
export function follows(spec: ActionSpec, kind: Occasion['kind']): boolean {
	const on = spec.on ?? 'fired';
	return kind === 'reminded' ? on === 'fired' && spec.type !== 'createTask' : on === kind;
}

function notDone(rule: Rule, spec: ActionSpec, position: number, error: unknown): ActionContent {
	const reason = error instanceof Error ? error.message : String(error);
	return {
		type: 'storeLog',
		message: `Action ${position + 1} (${spec.type}) of rule '${rule.name}' was not done: ${reason}`,
	};
}

function renderAction(spec: ActionSpec, context: TemplateContext): ActionContent {
	switch (spec.type) {
		case 'sendEmail':
			return {
				type: 'sendEmail',
				to: renderAddresses(spec.to, context),
				subject: renderLine(spec.subject, context) || context.rule.name,
				text: renderTemplate(spec.text, context),
			};
		case 'storeLog':
			return { type: 'storeLog', message: renderTemplate(spec.message, context) };
		case 'createTask':
			return {
				type: 'createTask',
				title: renderLine(spec.title, context) || context.rule.name,
				description: spec.description === undefined ? null : renderTemplate(spec.description, context),
				...(spec.completeOnClear === true ? { completeOnClear: true } : {}),
			};
	}
}
