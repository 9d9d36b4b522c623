import type { ActionContent } from '../../domain/action';
import type { ActionSpec } from '../../domain/rules/rule';
import { renderAddresses, renderLine, renderTemplate, type TemplateContext } from '../../domain/templates';
import type { OpenedFiring } from './save-firings';

/** What the firing's rule does, in its order, with the templates filled in by what is known at this moment. */
export function renderActions({ draft, firing, customer }: OpenedFiring): ActionContent[] {
	const { rule, vehicle, status } = draft;
	const context: TemplateContext = {
		vehicle,
		customer,
		rule,
		firing,
		status,
		attributes: status.attributes,
	};
	return rule.actions.map((spec, index) => {
		try {
			return renderAction(spec, context);
		} catch (error) {
			// Templates are checked when a rule is saved; one that got past that must not hold up the feed.
			const reason = error instanceof Error ? error.message : String(error);
			return {
				type: 'storeLog',
				message: `Action ${index + 1} (${spec.type}) of rule '${rule.name}' was not done: ${reason}`,
			};
		}
	});
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
			};
	}
}
