import { NodeSqliteDatabase } from './node-sqlite-database';
import { StatementCache } from './statement-cache';

const counted = (limit?: number) => {
	const compiled: string[] = [];
	const cache = new StatementCache((sql) => ({ sql, count: compiled.push(sql) }), limit);
	return { cache, compiled };
};

describe('StatementCache', () => {
	it('compiles a text once and lets the least recently used one go', () => {
		const { cache, compiled } = counted(2);
		for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) cache.get(`SELECT ${name}`);
		expect(compiled.map((sql) => sql.at(-1)).join('')).toBe('abcb');
		cache.clear();
		cache.get('SELECT b');
		expect(compiled).toHaveLength(5);
	});

	it.each([
		'SELECT * FROM firing WHERE id = 17',
		'INSERT INTO task (a, b) VALUES (?,12)',
		'SELECT * FROM task LIMIT 5',
		'DELETE FROM task WHERE id IN (-4)',
		'PRAGMA table_info(task)',
		'CREATE TABLE task (id INTEGER)',
	])('does not keep %s', (sql) => {
		const { cache, compiled } = counted();
		cache.get(sql);
		cache.get(sql);
		expect(compiled).toHaveLength(2);
	});

	it.each([
		'SELECT "rule1"."id" AS "rule1_id" FROM rule2 "rule1" WHERE a = ?',
		'  with ended AS (VALUES (?)) UPDATE firing SET x = ?',
		'COMMIT',
	])('keeps %s', (sql) => {
		const { cache, compiled } = counted();
		expect(cache.get(sql)).toBe(cache.get(sql));
		expect(compiled).toHaveLength(1);
	});
});

describe('NodeSqliteDatabase', () => {
	it('runs a kept statement over changed tables, and again after it failed', () => {
		const database = new NodeSqliteDatabase(':memory:');
		const run = (sql: string, ...params: number[]) => database.prepare(sql).run(...params);
		const all = () => database.prepare('SELECT * FROM t').all();
		run('CREATE TABLE t (a INTEGER PRIMARY KEY)');
		run('INSERT INTO t (a) VALUES (?)', 4);
		expect(() => run('INSERT INTO t (a) VALUES (?)', 4)).toThrow('UNIQUE');
		expect(all()).toEqual([{ a: 4 }]);
		run('ALTER TABLE t ADD COLUMN b DEFAULT 7');
		run('INSERT INTO t (a) VALUES (?)', 5);
		expect(all()).toEqual([
			{ a: 4, b: 7 },
			{ a: 5, b: 7 },
		]);
		run('DROP TABLE t');
		expect(all).toThrow('no such table');
		database.close();
	});
});
