import assert from 'node:assert/strict';
import { hole, type SqlStatement } from '../../../src/core/language/operation.ts';
import { sqlStatementsIn } from '../../../src/core/language/sql/statements.ts';
import { Random } from '../../support/random.ts';

function spoken({ verb, object, target, becomes, where, cascades, isScratch, isRolledBack, isMadeAgain, routine, unguarded }: SqlStatement): string {
  const always = verb === 'delete' || verb === 'update' ? ` where ${where}` : '';
  const flags = Object.entries({ cascade: cascades, scratch: isScratch, 'rolled back': isRolledBack, 'made again': isMadeAgain }).flatMap(([flag, isSet]) => (isSet ? [` ${flag}`] : []));
  return `${verb} ${object} ${target}${becomes === undefined ? '' : ` → ${becomes}`}${always}${flags.join('')}${routine === undefined ? '' : ` in ${routine}`}${unguarded === undefined ? '' : ` behind ${unguarded}`}`;
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
    ['DELETE TOP (100) PERCENT FROM a', ['DELETE TOP (100) PERCENT FROM a', 'delete table a where none']],
    ['DELETE FROM a WHERE 1=1 RETURNING id', ['DELETE FROM a WHERE 1=1 RETURNING id', 'delete table a where always-true']],
  ],
  'conditions that an argument takes away': [
    ...[':id IS NULL OR id = :id', '(@id IS NULL OR id = @id) AND 1=1', '$1::int IS NULL OR id = $1', '%(id)s IS NULL OR id = %(id)s', "? = '' OR name = ?", 'COALESCE(:id, id) = id', 'id = ISNULL(@id, id)', "path LIKE ? || '%'", "path LIKE CONCAT(@p, '%')", `path LIKE '${hole}%'`].map((condition) => [`DELETE FROM u WHERE ${condition}`, [`DELETE FROM u WHERE ${condition}`, 'delete table u where argument']] as const),
    ...['id = 1 AND (:id IS NULL OR id = :id)', 'deleted_at IS NULL', 'id = COALESCE(:id, 0)', "path LIKE 'a' || :p || '%'", 'parent IS NOT NULL', "name LIKE ?", `${hole} IS NULL`].map((condition) => [`DELETE FROM u WHERE ${condition}`, [`DELETE FROM u WHERE ${condition}`, 'delete table u where present']] as const),
    ...['id IS NOT NULL', 'u.id > 0', "id <> ''", 'EXISTS (SELECT 1)', 'id IN (SELECT id FROM u)'].map((condition) => [`DELETE FROM u WHERE ${condition}`, [`DELETE FROM u WHERE ${condition}`, 'delete table u where always-true']] as const),
    [`DELETE FROM u WHERE 1=1 ${hole}`, [`DELETE FROM u WHERE 1=1 ${hole}`, 'delete table u where dynamic']],
    ['MERGE INTO a USING b ON a.i = b.i WHEN NOT MATCHED BY SOURCE THEN DELETE', ['WHEN NOT MATCHED BY SOURCE THEN DELETE', 'delete table a where unmatched']],
    ['MERGE INTO a USING b ON a.i = b.i WHEN NOT MATCHED BY SOURCE AND a.x = 1 THEN DELETE'],
  ],
  'what a table is changed to': [
    ['ALTER TABLE u ALTER COLUMN a TYPE int, ALTER b SET DATA TYPE text USING b::text', ['ALTER TABLE u ALTER COLUMN a TYPE int, ALTER b SET DATA TYPE text USING b::text', 'alter column type u.a → int'], ['ALTER TABLE u ALTER COLUMN a TYPE int, ALTER b SET DATA TYPE text USING b::text', 'alter column type u.b → text']],
    ['ALTER TABLE u MODIFY a VARCHAR(10) NOT NULL; ALTER TABLE u MODIFY (a NUMBER(12))', ['ALTER TABLE u MODIFY a VARCHAR(10) NOT NULL', 'alter column type u.a → VARCHAR(10)']],
    ['ALTER TABLE u ALTER COLUMN a SET NOT NULL, ALTER COLUMN b DROP DEFAULT, ADD COLUMN c date'],
    ['ALTER TABLE u RENAME TO v; ALTER TABLE w RENAME a TO b; RENAME TABLE x TO y', ['ALTER TABLE u RENAME TO v', 'alter table name u → v'], ['ALTER TABLE w RENAME a TO b', 'alter column name w.a → b'], ['RENAME TABLE x TO y', 'rename table name x → y']],
    ['ALTER TABLE u ON CLUSTER c DELETE WHERE 1; ALTER TABLE u DROP PARTITION (day=1)', ['ALTER TABLE u ON CLUSTER c DELETE WHERE 1', 'delete table u where always-true'], ['ALTER TABLE u DROP PARTITION (day=1)', 'alter partition u.(day=1)']],
    ['ALTER TABLE [u] DROP CONSTRAINT a, COLUMN b', ['ALTER TABLE [u] DROP CONSTRAINT a, COLUMN b', 'alter column [u].b']],
    ['ALTER TABLE u DROP (a, b); ALTER TABLE u DROP COLUMN a, b; ALTER TABLE u DROP a, ADD c int', ['ALTER TABLE u DROP (a, b)', 'alter column u.a, u.b'], ['ALTER TABLE u DROP COLUMN a, b', 'alter column u.a, u.b'], ['ALTER TABLE u DROP a, ADD c int', 'alter column u.a']],
    ['CREATE OR REPLACE TABLE a AS SELECT 1; CREATE OR REPLACE TEMP TABLE b (c int); CREATE OR REPLACE VIEW v AS SELECT 1', ['CREATE OR REPLACE TABLE a AS SELECT 1', 'replace table a → a query'], ['CREATE OR REPLACE TEMP TABLE b (c int)', 'replace table b scratch']],
    ['PURGE RECYCLEBIN; FLASHBACK TABLE a TO BEFORE DROP; FLASHBACK TABLE a TO SCN 5; RESTORE DATABASE d FROM DISK = 1 WITH REPLACE', ['PURGE RECYCLEBIN', 'purge recycle bin recyclebin'], ['FLASHBACK TABLE a TO SCN 5', 'flashback table a'], ['RESTORE DATABASE d FROM DISK = 1 WITH REPLACE', 'restore database d']],
  ],
  'what only some servers run': [
    ['-- tidy up\rDROP TABLE a', ['DROP TABLE a', 'drop table a']],
    ['/*!40000 DROP TABLE a */; /*M! DROP TABLE b */; /*M!100100 DROP TABLE c */', ['DROP TABLE a', 'drop table a'], ['DROP TABLE b', 'drop table b'], ['DROP TABLE c', 'drop table c']],
    ['SELECT 1 --1; DROP TABLE a;', ['DROP TABLE a', 'drop table a']],
    ['SELECT 1 --1; SELECT b --b; DROP\nTABLE a;', ['DROP\nTABLE a', 'drop table a']],
    ['DROP --1; all\nTABLE a;', ['DROP --1; all\nTABLE a', 'drop table a']],
    ['DELETE FROM a WHERE b = 1 --1 OR 1 = 1;', ['DELETE FROM a WHERE b = 1', 'delete table a where present'], ['DELETE FROM a WHERE b = 1 --1 OR 1 = 1', 'delete table a where always-true']],
  ],
  'what only looks like it': [
    ['SELECT 1; --1; DROP TABLE a;\n--DROP TABLE a;\nSELECT b --all of it; DROP TABLE a;\nFROM c --DROP TABLE a;'],
    ['/* ! DROP TABLE a */ /*M DROP TABLE b */'],
    ['drop table reservations are handled by the waiter; DELETE FROM disk what nobody read; truncate the text; delete from the list'],
    ['ALTER PUBLICATION p\nDROP TABLE t; update the settings set aside'],
    ['delete users'],
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
    ['DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM a; END//\nDELIMITER ;\nDROP TABLE q;', ['DELETE FROM a', 'delete table a where none in p'], ['DROP TABLE q', 'drop table q']],
    ['DELETE FROM a\nDELETE FROM b WHERE x = 1\nGO\nIF x IS NOT NULL DROP TABLE c\nGO', ['DELETE FROM a', 'delete table a where none'], ['DELETE FROM b WHERE x = 1', 'delete table b where present'], ['DROP TABLE c', 'drop table c']],
    ['/*!40000 DROP DATABASE x*/;\r\n\\c other\r\nDROP TABLE y;\r\n', ['DROP DATABASE x', 'drop database x'], ['DROP TABLE y', 'drop table y']],
  ],
  'templates': [
    ['{{ config(x=1) }}\nDELETE FROM {{ this }} {% if a %} WHERE b = 1 {% endif %};\nDELETE FROM ${schema}.{{ t }}_old', ['DELETE FROM {{ this }} {% if a %} WHERE b = 1', 'delete table {{ this }} where present'], ['DELETE FROM ${schema}.{{ t }}_old', 'delete table ${schema}.{{ t }}_old where none']],
    ['DELETE FROM u {{ clause }}; DROP TABLE $(name)', ['DELETE FROM u {{ clause }}', 'delete table u where dynamic'], ['DROP TABLE $(name)', 'drop table $(name)']],
  ],
  'surroundings': [
    ['BEGIN; DELETE FROM a; ROLLBACK; DELETE FROM b; BEGIN; DELETE FROM c; COMMIT; ROLLBACK', ['DELETE FROM a', 'delete table a where none rolled back'], ['DELETE FROM b', 'delete table b where none'], ['DELETE FROM c', 'delete table c where none']],
    ['BEGIN TRAN\nDELETE FROM a\nIF @@ERROR <> 0\nROLLBACK\nCOMMIT', ['DELETE FROM a', 'delete table a where none']],
    ['START TRANSACTION; DROP TABLE `a`; ROLLBACK', ['DROP TABLE `a`', 'drop table `a`']],
    ['SET FOREIGN_KEY_CHECKS = 0; DROP TABLE a; SET FOREIGN_KEY_CHECKS = 1; DROP TABLE b', ['DROP TABLE a', 'drop table a behind SET FOREIGN_KEY_CHECKS = 0'], ['DROP TABLE b', 'drop table b']],
    ['CREATE PROCEDURE p AS BEGIN IF x BEGIN DELETE FROM a END; DELETE FROM b; END\nGO\nDELETE FROM c', ['DELETE FROM a', 'delete table a where none in p'], ['DELETE FROM b', 'delete table b where none in p'], ['DELETE FROM c', 'delete table c where none']],
    ['CREATE OR REPLACE PROCEDURE p IS n int; BEGIN DELETE FROM a; END;\n/\nDELETE FROM b;', ['DELETE FROM a', 'delete table a where none in p'], ['DELETE FROM b', 'delete table b where none']],
    ['CREATE TRIGGER x BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f(); DELETE FROM b', ['DELETE FROM b', 'delete table b where none']],
    ["SELECT format('DROP TABLE %I', t) FROM x \\gexec\nSELECT 'DROP TABLE y';", ['DROP TABLE %I', `drop table ${hole}`]],
    ["DECLARE @sql nvarchar(max) = N'DROP TABLE ' + @name; EXEC (@sql)", ["DROP TABLE ' + @name", `drop table ${hole}`]],
    ["SELECT @sql = @sql + 'DELETE FROM ' + name FROM sys.tables\nEXEC sp_executesql @sql", ["DELETE FROM ' + name", `delete table ${hole} where none`]],
    ["SET @q = CONCAT('TRUNCATE TABLE ', t); PREPARE s FROM @q; EXECUTE s", ["TRUNCATE TABLE ', t", `truncate table ${hole}`]],
    ["SET @note = 'DROP TABLE x'; SELECT @note; EXEC other", ],
    ["DO $$ DECLARE q text := 'DROP TABLE a'; BEGIN EXECUTE q; END $$", ['DROP TABLE a', 'drop table a']],
    ["EXEC sp_MSforeachtable 'DELETE FROM ?'; EXEC sp_executesql @stmt = N'DROP TABLE a'", ['DELETE FROM ?', 'delete table ? where none'], ['DROP TABLE a', 'drop table a']],
  ],
  'scratch': [
    ['CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t', ['DROP TABLE t', 'drop table t scratch'], ['ALTER TABLE n RENAME TO t', 'alter table name n → t scratch']],
    ['DROP TABLE IF EXISTS x; CREATE TEMP TABLE x (a int); DROP TABLE tmp_y; DELETE FROM tmp_y', ['DROP TABLE IF EXISTS x', 'drop table x scratch made again'], ['DROP TABLE tmp_y', 'drop table tmp_y scratch'], ['DELETE FROM tmp_y', 'delete table tmp_y where none']],
    ['CREATE TEMP TABLE x (a int); DROP TABLE x; DROP TABLE #t; DROP TEMPORARY TABLE y', ['DROP TABLE x', 'drop table x scratch'], ['DROP TABLE #t', 'drop table #t scratch'], ['DROP TEMPORARY TABLE y', 'drop table y scratch']],
    ['DROP TABLE a; CREATE TABLE a (b int); DELETE FROM a; DROP TABLE a', ['DROP TABLE a', 'drop table a made again'], ['DELETE FROM a', 'delete table a where none scratch'], ['DROP TABLE a', 'drop table a scratch']],
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
    for (const [up, down] of [['-- +goose Up', '-- +goose Down'], ['-- migrate:up', '-- migrate:down'], ['-- !Ups', '-- !Downs'], ['-- going down with the ship', '-- Down Migration']]) {
      const text = `${up}\nDROP TABLE a;\n${down}\nDROP TABLE b;`;
      assert.deepEqual(sqlStatementsIn(text).map(({ address }) => address), [[], ['down']], down);
    }
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
