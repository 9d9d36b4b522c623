import type { QueryRunner } from 'typeorm';

interface StatusRow {
	readonly vehicleId: number;
	readonly reportedAt: number;
	readonly attributes: string;
}

const PAGE = 1000;

/** Notes every attribute that a current status carries, with its newest value. */
export async function fillKnownAttributes(runner: QueryRunner): Promise<void> {
	const isPostgres = runner.dataSource.options.type === 'postgres';
	const newest = new Map<string, { reportedAt: number; value: unknown }>();
	for (let after = 0; ;) {
		const page = (await runner.query(
			`SELECT "vehicleId", "reportedAt", attributes FROM vehicle_status
			WHERE "vehicleId" > ${after} ORDER BY "vehicleId" LIMIT ${PAGE}`,
		)) as StatusRow[];
		for (const row of page) {
			const reportedAt = Number(row.reportedAt);
			for (const [name, value] of Object.entries(JSON.parse(row.attributes) as object)) {
				if (reportedAt > (newest.get(name)?.reportedAt ?? -Infinity)) newest.set(name, { reportedAt, value });
			}
			after = Number(row.vehicleId);
		}
		if (page.length < PAGE) break;
	}
	for (const [name, { reportedAt, value }] of newest) {
		await runner.query(
			`INSERT INTO known_attribute (name, "lastValue", "lastReportedAt") VALUES ${isPostgres ? '($1, $2, $3)' : '(?, ?, ?)'}`,
			[name, JSON.stringify(value), reportedAt],
		);
	}
}
