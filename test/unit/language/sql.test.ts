import assert from 'node:assert/strict';
import { hole, type SqlStatement } from '../../../src/core/language/operation.ts';
import { sqlStatementsIn } from '../../../src/core/language/sql/statements.ts';
import { Random } from '../../support/random.ts';

function spoken({ verb, object, target, where, cascades, isScratch }: SqlStatement): string {
  const always = verb === 'delete' || verb === 'update' ? ` where ${where}` : '';
  return `${verb} ${object} ${target}${always}${cascades ? ' cascade' : ''}${isScratch ? ' scratch' : ''}`;
}

const read = (text: string) => sqlStatementsIn(text).map((statement) => [statement.range.of(text), spoken(statement)]);

/** Per text: what is underlined, and the statement it comes to. */
const texts: Readonly<Record<string, readonly (readonly [text: string, ...statements: (readonly [underlined: string, statement: string])[]])[]>> = {
  'what goes': [
    ['DROP TABLE IF EXISTS a, "b c" CASCADE; drop database x;', ['DROP TABLE IF EXISTS a, "b c" CASCADE', 'drop table a, "b c" cascade'], ['drop database x', 'drop database x']],
    ['TRUNCATE a, b; TRUNCATE TABLE ONLY c CASCADE', ['TRUNCATE a, b', 'truncate table a, b'], ['TRUNCATE TABLE ONLY c CASCADE', 'truncate table c cascade']],
    ['ALTER TABLE u DROP COLUMN a, DROP COLUMN IF EXISTS b, DROP CONSTRAINT c', ['ALTER TABLE u DROP COLUMN a, DROP COLUMN IF EXISTS b, DROP CONSTRAINT c', 'alter column u.a, u.b']],
    ['ALTER TABLE u DROP a; ALTER TABLE u DROP PARTITION p; ALTER TABLE u DROP PRIMARY KEY', ['ALTER TABLE u DROP a', 'alter column u.a'], ['ALTER TABLE u DROP PARTITION p', 'alter partition u.p']],
    ['DROP MATERIALIZED VIEW m; DROP INDEX CONCURRENTLY i; DROP FUNCTION f(int, text) CASCADE', ['DROP MATERIALIZED VIEW m', 'drop view m'], ['DROP INDEX CONCURRENTLY i', 'drop index i'], ['DROP FUNCTION f(int, text) CASCADE', 'drop function f cascade']],
    ['DROP TABLE `a`;DROP SCHEMA [my schema]', ['DROP TABLE `a`', 'drop table `a`'], ['DROP SCHEMA [my schema]', 'drop schema [my schema]']],
    [`DROP TABLE ${hole}; DROP TABLE {{ x }}.y`, [`DROP TABLE ${hole}`, `drop table ${hole}`], ['DROP TABLE {{ x }}.y', 'drop table {{ x }}.y']],
  ],
  'conditions': [
    ['DELETE FROM u', ['DELETE FROM u', 'delete table u where none']],
    ['delete u where id=1; DELETE FROM u WHERE', ['delete u where id=1', 'delete table u where present'], ['DELETE FROM u WHERE', 'delete table u where present']],
    ...["1=1", 'true', '1', "'a' = 'a'", 'id = id', 'x = 3 OR 1=1', 'NOT false', '(1 = 1) AND NOT (1 = 2)', '2 > 1', "name LIKE '%'"].map((condition) => [`DELETE FROM u WHERE ${condition}`, [`DELETE FROM u WHERE ${condition}`, 'delete table u where always-true']] as const),
    ...['id = 3', 'x = 1 AND 1=1', '1 = 0', 'a = b', 'a BETWEEN 1 AND 2', 'id = ?', '? = ?', hole, 'f(x) = f(x)', 'NOT deleted', "name LIKE 'a%'"].map((condition) => [`DELETE FROM u WHERE ${condition}`, [`DELETE FROM u WHERE ${condition}`, 'delete table u where present']] as const),
    ['UPDATE u SET a = CASE WHEN b THEN 1 ELSE 2 END;', ['UPDATE u SET a = CASE WHEN b THEN 1 ELSE 2 END', 'update table u where none']],
    ['UPDATE a SET x = b.x FROM b; UPDATE a SET x = (SELECT 1 WHERE true) WHERE i = 1', ['UPDATE a SET x = b.x FROM b', 'update table a where none'], ['UPDATE a SET x = (SELECT 1 WHERE true) WHERE i = 1', 'update table a where present']],
    ['DELETE a, b FROM a INNER JOIN b ON a.i = b.i', ['DELETE a, b FROM a INNER JOIN b ON a.i = b.i', 'delete table a, b where present']],
    ['UPDATE a JOIN b ON a.i = b.i SET x = 1; UPDATE a LEFT JOIN b ON a.i = b.i SET x = 1', ['UPDATE a JOIN b ON a.i = b.i SET x = 1', 'update table a where present'], ['UPDATE a LEFT JOIN b ON a.i = b.i SET x = 1', 'update table a where none']],
    ['DELETE FROM a USING b; DELETE FROM a LIMIT 10; DELETE TOP (5) FROM a', ['DELETE FROM a USING b', 'delete table a where none'], ['DELETE FROM a LIMIT 10', 'delete table a where present'], ['DELETE TOP (5) FROM a', 'delete table a where present']],
    ['DELETE FROM a WHERE 1=1 RETURNING id', ['DELETE FROM a WHERE 1=1 RETURNING id', 'delete table a where always-true']],
  ],
  'what only looks like it': [
    ['CREATE TABLE a (b int REFERENCES c ON DELETE CASCADE ON UPDATE SET NULL); SELECT 1 FOR UPDATE'],
    ['GRANT SELECT,\nDELETE ON t TO u; CREATE TRIGGER x BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f()'],
    ['INSERT INTO t VALUES (1) ON CONFLICT (id)\nDO UPDATE SET a = 1'],
    ['MERGE INTO t USING s ON t.i = s.i WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN\nUPDATE SET a = 1'],
    ['EXPLAIN DELETE FROM t; EXPLAIN (COSTS off) DELETE FROM t'],
    ["SELECT 'DROP TABLE x', $$DROP TABLE y$$, q'[DROP 'TABLE z]', \"DELETE FROM a\" -- DROP TABLE b"],
    ['/* /* DELETE FROM a */ DROP TABLE b */ # DROP TABLE c'],
    ['COPY a FROM stdin;\n1\tDROP TABLE x;\n\\.\n\\echo DROP TABLE y'],
    ['SELECT TRUNCATE(1.5, 1), t.update, delete FROM x; UPDATE; DELETE FROM'],
    ["INSERT INTO a VALUES ('it''s; DROP TABLE x', 'it\\'s; DROP TABLE y', 'C:\\');"],
  ],
  'where it stands': [
    ['WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x', ['DELETE FROM a RETURNING *', 'delete table a where none']],
    ['WITH d AS (SELECT 1) DELETE FROM t; WITH d AS (SELECT id FROM t LIMIT 5) DELETE FROM d', ['DELETE FROM t', 'delete table t where none'], ['DELETE FROM d', 'delete table d where present']],
    ['EXPLAIN ANALYZE DELETE FROM t; EXPLAIN (ANALYZE) DELETE FROM u', ['DELETE FROM t', 'delete table t where none'], ['DELETE FROM u', 'delete table u where none']],
    ['DO $$ BEGIN IF x THEN DELETE FROM a; END IF; END $$;', ['DELETE FROM a', 'delete table a where none']],
    ["DO $x$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident(t) || ' CASCADE'; END $x$", ["DROP TABLE ' || quote_ident(t) || ' CASCADE", `drop table ${hole} cascade`]],
    ["EXECUTE format('DROP TABLE %I', t)", ['DROP TABLE %I', `drop table ${hole}`]],
    ['DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM a; END//\nDELIMITER ;\nDROP TABLE q;', ['DELETE FROM a', 'delete table a where none'], ['DROP TABLE q', 'drop table q']],
    ['DELETE FROM a\nDELETE FROM b WHERE x = 1\nGO\nIF x IS NOT NULL DROP TABLE c\nGO', ['DELETE FROM a', 'delete table a where none'], ['DELETE FROM b WHERE x = 1', 'delete table b where present'], ['DROP TABLE c', 'drop table c']],
    ['/*!40000 DROP DATABASE x*/;\r\n\\c other\r\nDROP TABLE y;\r\n', ['DROP DATABASE x', 'drop database x'], ['DROP TABLE y', 'drop table y']],
  ],
  'scratch': [
    ['CREATE TEMP TABLE x (a int); DROP TABLE x; DROP TABLE #t; DROP TEMPORARY TABLE y', ['DROP TABLE x', 'drop table x scratch'], ['DROP TABLE #t', 'drop table #t scratch'], ['DROP TEMPORARY TABLE y', 'drop table y scratch']],
    ['DROP TABLE a; CREATE TABLE a (b int); DELETE FROM a; DROP TABLE a', ['DROP TABLE a', 'drop table a'], ['DELETE FROM a', 'delete table a where none scratch'], ['DROP TABLE a', 'drop table a scratch']],
    ['CREATE TABLE IF NOT EXISTS a (b int); DROP TABLE a, b', ['DROP TABLE a, b', 'drop table a, b']],
    ['ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 1; UPDATE t SET c = 1, d = 2', ['UPDATE t SET c = 1', 'update table t where none scratch'], ['UPDATE t SET c = 1, d = 2', 'update table t where none']],
  ],
};

describe('the statements of a text of SQL', () => {
  for (const [topic, cases] of Object.entries(texts)) {
    describe(topic, () => {
      for (const [text, ...statements] of cases) {
        it(JSON.stringify(text), () => {
          assert.deepEqual(read(text), statements);
        });
      }
    });
  }

  it('know the loop and the function around them', () => {
    const text = 'CREATE FUNCTION tidy() RETURNS void AS $$ BEGIN FOR r IN SELECT n FROM names LOOP DELETE FROM a; END LOOP; DELETE FROM b; END $$ LANGUAGE plpgsql;';
    assert.deepEqual(sqlStatementsIn(text).map(({ address, loop }) => [address, loop?.over]), [[['tidy'], 'SELECT n FROM names'], [['tidy'], undefined]]);
  });

  it('know when they are the way back of a migration', () => {
    const text = '-- +goose Up\nDROP TABLE a;\n-- +goose Down\nDROP TABLE b;';
    assert.deepEqual(sqlStatementsIn(text).map(({ address }) => address), [[], ['down']]);
  });
});

describe('any text read as SQL', () => {
  const seeds = Object.values(texts).flatMap((cases) => cases.map(([text]) => text));
  const spice = ["'", '"', '`', '$$', '/*', '*/', '--', '(', ')', ';', '\\', '\r\n', '\nGO\n', 'DELIMITER //\n', '[', hole, '😀', '\ud83d', ' DELETE FROM ', ' UPDATE ', ' END ', "E'", "q'[", 'COPY x FROM stdin;', '\0'];
  for (const seed of [1, 2, 3, 4]) {
    it(`gives ranges inside it and no exception (seed ${seed})`, () => {
      const random = new Random(seed);
      for (let round = 0; round < 300; round++) {
        let text = `${random.of(seeds)}\n${random.of(seeds)}`;
        for (let change = random.below(5); change >= 0; change--) {
          const at = random.below(text.length + 1);
          text = random.below(3) === 0 ? text.slice(0, at) : text.slice(0, at) + random.of(spice) + text.slice(at + random.below(4));
        }
        for (const { range, loop } of sqlStatementsIn(text)) {
          assert.ok(range.endExclusive <= text.length && (loop?.range.endExclusive ?? 0) <= text.length && !range.isEmpty, JSON.stringify(text));
        }
      }
    });
  }
});
