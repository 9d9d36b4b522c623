import type { QueryRunner } from 'typeorm';

interface RuleRow {
	readonly id: number;
	readonly version: number;
	readonly updatedAt: number;
	readonly name: string;
	readonly severity: string;
	readonly enabled: unknown;
	readonly scope: string;
	readonly pattern: string;
	readonly fire: string;
	readonly actions: string;
}

/** Keeps every rule as it is now as the version that it has now; those before were not kept. */
export async function fillRuleVersions(runner: QueryRunner): Promise<void> {
	const rules = (await runner.query('SELECT * FROM rule')) as RuleRow[];
	const isPostgres = runner.dataSource.options.type === 'postgres';
	for (const { id, version, updatedAt, ...rule } of rules) {
		const fields = JSON.stringify({
			name: rule.name,
			severity: rule.severity,
			enabled: Boolean(rule.enabled),
			scope: JSON.parse(rule.scope) as unknown,
			pattern: JSON.parse(rule.pattern) as unknown,
			fire: JSON.parse(rule.fire) as unknown,
			actions: JSON.parse(rule.actions) as unknown,
		});
		await runner.query(
			`INSERT INTO rule_version ("ruleId", version, "savedAt", fields) VALUES ${isPostgres ? '($1, $2, $3, $4)' : '(?, ?, ?, ?)'}`,
			[id, version, updatedAt, fields],
		);
	}
}
