import type { ActionContent } from '../../domain/action';
import type { Attributes } from '../../domain/attributes';
import type { Customer } from '../../domain/customer';
import type { Rule, Severity } from '../../domain/rules/rule';
import { SEVERITIES } from '../../domain/rules/rule';
import type { RuleTransition } from '../../domain/rules/run-rules';
import type { VehicleStatus } from '../../domain/status';
import { vehicleLabel, type Vehicle } from '../../domain/vehicle';
import { follows, renderActions } from '../feed/render-actions';

export interface BacktestFiring {
	readonly vehicleId: number;
	/** Plate, VIN, external id or name: what there is. */
	readonly vehicle: string;
	readonly openedAt: number;
	/** Null when it was open still at the end. */
	clearedAt: number | null;
	/** The highest that it reached. */
	severity: Severity;
	readonly evidence: Attributes;
	/** What would have been done when it fired; left out beyond the first firings. */
	readonly actions?: readonly ActionContent[];
}

/** How often each kind of action would have been done. */
export type ActionCounts = Record<ActionContent['type'], number>;

/** A vehicle in the backtest, with its customer. */
export interface BacktestVehicle {
	readonly vehicle: Vehicle;
	readonly customer: Customer | null;
}

/** Firings with their actions in words, beyond which only times and values are kept. */
const RENDERED = 200;

/** Gathers what one version of a rule would have done. */
export class BacktestFirings {
	readonly firings: BacktestFiring[] = [];
	readonly actions: ActionCounts = { sendEmail: 0, storeLog: 0, createTask: 0 };
	/** How often cooldown or daily limit kept it quiet. */
	suppressed = 0;
	private open: BacktestFiring | null = null;

	constructor(readonly rule: Rule) {}

	/** The transitions of one vehicle come in their order, and vehicle by vehicle. */
	take(transition: RuleTransition, of: BacktestVehicle, status: VehicleStatus): void {
		const { kind, at, severity } = transition;
		switch (kind) {
			case 'suppressed':
				this.suppressed += 1;
				return;
			case 'fired':
				this.open = this.fired(transition, of, status);
				this.firings.push(this.open);
				this.count('fired');
				return;
			case 'reminded':
				this.count('reminded');
				return;
			case 'escalated':
				if (this.open !== null && isHigher(severity, this.open.severity)) {
					this.open.severity = severity;
					this.count('escalated');
				}
				return;
			case 'cleared':
				if (this.open === null) return;
				this.open.clearedAt = at;
				this.open = null;
				this.count('cleared');
		}
	}

	/** What stays open of this vehicle stays open. */
	endVehicle(): void {
		this.open = null;
	}

	private fired(
		{ at, severity, evidence, taskId }: RuleTransition,
		{ vehicle, customer }: BacktestVehicle,
		status: VehicleStatus,
	): BacktestFiring {
		const firing = {
			vehicleId: vehicle.id,
			vehicle: vehicleLabel(vehicle),
			openedAt: at,
			clearedAt: null,
			severity,
			evidence,
		};
		if (this.firings.length >= RENDERED) return firing;
		const { rule } = this;
		const asStored = {
			...{ id: 0, ruleId: rule.id, ruleVersion: rule.version, ruleName: rule.name, severity },
			...{ isShadow: true, vehicleId: vehicle.id, taskId, openedAt: at, clearedAt: null },
			...{ acknowledgedAt: null, evidence, messageId: status.messageId },
		};
		const occasion = {
			kind: 'fired',
			firing: asStored,
			vehicle,
			customer,
			rule,
			at,
			severity,
			status,
		} as const;
		return { ...firing, actions: renderActions(occasion).map(({ content }) => content) };
	}

	private count(kind: Parameters<typeof follows>[1]): void {
		for (const spec of this.rule.actions) if (follows(spec, kind)) this.actions[spec.type] += 1;
	}
}

function isHigher(severity: Severity, than: Severity): boolean {
	return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(than);
}
