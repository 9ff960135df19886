/** Code in which what an operation is depends on text far from it, by the file's name. */
export const dependent: Readonly<Record<string, string>> = {
  'a.ts': `import { execSync as run, spawn } from 'node:child_process';
import { rmSync, rm as remove } from 'node:fs';
import * as sdk from '@aws-sdk/client-cloudformation';
const { DeleteTableCommand } = require('@aws-sdk/client-dynamodb');
const wipe = 'rm -rf /srv/data'; // what it runs
const statement = \`DELETE FROM \${table}\`;
const options = { recursive: true, force: true };
const Gone = sdk.DeleteStackCommand;
export class Cleaner {
  static async all(stacks: string[], root = '/srv') {
    const exec = spawn;
    for (const stack of stacks.filter((each) => each !== 'production')) {
      await client.send(new Gone({ StackName: stack })); /* one more */
      run(\`aws s3 rm s3://\${stack}-prod --recursive\`);
      exec('rm', ['-rf', root]);
    }
    stacks.forEach((name) => rmSync(\`\${root}/\${name}\`, options));
    while (stacks.length > 0) { run(wipe); pool.query(statement); }
    run('npx rimraf /srv/data     while (stacks.length > 0) { run(wipe); pool.query(statement); }    while (stacks.length > 0) { run(wipe); pool.query(statement); } yarn exec prisma migrate reset');
    if (done) { const rmSync = () => 0; rmSync('/', options); }
    remove('/srv', { recursive: true }, () => run("psql -c 'DROP TABLE orders'"));
    await client.send(new DeleteTableCommand({ TableName: "orders-production" }));
  }
}
`,
  'a.py': `import os, boto3
import subprocess as sp
from shutil import rmtree as wipe
from os.path import join

ROOT = "/srv/data"  # what is cleaned
LINE = "rm -rf /srv/data"
STATEMENT = f"DELETE FROM {table}"
s3 = boto3.resource("s3")
client: "boto3.client" = boto3.client("cloudformation")


class Cleaner:
    bucket = s3.Bucket("orders-production")

    def __init__(self, root=ROOT):
        self.root = join(root, "old")
        self.db = boto3.client("rds")

    def all(self, stacks, cursor):
        from shutil import rmtree
        for stack in stacks:
            client.delete_stack(StackName=stack)
            wipe(join(ROOT, stack))
            sp.run(f"aws s3 rm s3://{stack}-prod --recursive", shell=True)
        while stacks:
            os.system(LINE)
            cursor.execute(STATEMENT)
        self.db.delete_db_instance(DBInstanceIdentifier="orders", SkipFinalSnapshot=True)
        self.bucket.objects.all().delete()
        rmtree(self.root, ignore_errors=True)


def again(root):
    rmtree = print
    rmtree(root)
    sp.call(["rm", "-rf", root])
    if (line := "psql -c 'DROP TABLE orders'"):
        os.system(line)
`,
  'a.go': `package main

import (
	"os"
	run "os/exec"
	"database/sql"
)

const root = "/srv/data" // what is cleaned
const statement = "DELETE FROM orders"

var line = "rm -rf /srv/data"

type Cleaner struct {
	db *sql.DB
}

func (c *Cleaner) All(stacks []string) error {
	for _, stack := range stacks {
		os.RemoveAll(root + "/" + stack)
		run.Command("sh", "-c", line).Run()
	}
	wipe := "DROP TABLE orders"
	c.db.Exec(statement)
	_, err := c.db.Exec(wipe)
	return err
}

func again(os Files, path string) {
	os.RemoveAll(path)
	run.Command("rm", "-rf", path).Run()
}
`,
  'A.java': `import java.nio.file.Files;
import java.sql.Statement;
import org.apache.commons.io.FileUtils;
import software.amazon.awssdk.services.s3.S3Client;

public class A {
  private static final String ROOT = "/srv/data"; // what is cleaned
  private static final String STATEMENT = "DELETE FROM orders";
  private final S3Client s3 = S3Client.create();
  private Statement statement;

  void all(java.util.List<String> stacks) throws Exception {
    var line = "rm -rf /srv/data";
    for (String stack : stacks) {
      FileUtils.deleteDirectory(new java.io.File(ROOT + "/" + stack));
      Runtime.getRuntime().exec(line);
    }
    statement.execute(STATEMENT);
    stacks.forEach(name -> s3.deleteBucket(b -> b.bucket(name)));
    Statement other = open();
    other.executeUpdate("DROP TABLE orders");
  }

  Statement open() { return statement; }
}
`,
  'A.kt': `import java.io.File
import java.sql.Statement
import aws.sdk.kotlin.services.s3.S3Client

const val ROOT = "/srv/data" // what is cleaned
val line = "rm -rf /srv/data"

class A(private val statement: Statement) {
    private val sql = "DELETE FROM orders"
    private val s3 by lazy { S3Client { region = "eu" } }

    fun all(stacks: List<String>) {
        for (stack in stacks) {
            File(ROOT, stack).deleteRecursively()
            Runtime.getRuntime().exec(line)
        }
        statement.execute(sql)
        stacks.forEach { name -> File("$ROOT/$name").deleteRecursively() }
        File(ROOT).let { it.deleteRecursively() }
        statement.executeUpdate("DROP TABLE orders")
    }
}
`,
  'A.cs': `using System.IO;
using System.Diagnostics;
using Gone = System.IO.Directory;

namespace Shop
{
    public class A
    {
        private const string Root = "/srv/data"; // what is cleaned
        private readonly string sql = "DELETE FROM orders";

        public void All(List<string> stacks, DbCommand command)
        {
            var line = "rm -rf /srv/data";
            foreach (var stack in stacks)
            {
                Directory.Delete(Path.Combine(Root, stack), true);
                Gone.Delete(Root, true);
                Process.Start("sh", "-c '" + line + "'");
            }
            command.CommandText = sql;
            command.ExecuteNonQuery();
            stacks.ForEach(File.Delete);
            command.CommandText = "DROP TABLE orders";
        }
    }
}
`,
  'a.rb': `require 'fileutils'
require "aws-sdk-s3"

ROOT = '/srv/data' # what is cleaned
LINE = "rm -rf /srv/data"

class Cleaner
  def initialize(db)
    @db = db
    @s3 = Aws::S3::Client.new
    @root = ROOT
  end

  def all(stacks)
    stacks.each do |stack|
      FileUtils.rm_rf(File.join(ROOT, stack))
      system(LINE)
    end
    statement = "DELETE FROM orders"
    @db.execute(statement)
    @s3.delete_bucket(bucket: 'orders-production')
    User.where(active: false).delete_all
    FileUtils.rm_rf(@root)
    system('rm', '-rf', @root)
    \`rm -rf #{ROOT}\`
  end

  def again(db)
    db.execute(<<~SQL)
      DROP TABLE orders
    SQL
  end
end
`,
  'a.php': `<?php
use Illuminate\\Support\\Facades\\DB as Base;
use Illuminate\\Support\\Facades\\{File, Storage};
use App\\Models\\User;

const ROOT = '/srv/data'; // what is cleaned
$line = "rm -rf /srv/data";

class Cleaner
{
    private \\PDO $db;

    public function all(array $stacks, $pdo): void
    {
        $statement = "DELETE FROM orders";
        foreach ($stacks as $stack) {
            File::deleteDirectory(ROOT . "/" . $stack);
            exec("rm -rf /srv/$stack");
        }
        $this->db->exec($statement);
        $pdo->query("DROP TABLE orders");
        Base::table('orders')->truncate();
        User::query()->delete();
    }
}

exec($line);
`,
  'a.rs': `use std::fs;
use std::process::Command as Run;
use tokio::fs::remove_dir_all as wipe;

const ROOT: &str = "/srv/data"; // what is cleaned
static STATEMENT: &str = "DELETE FROM orders";

struct Cleaner {
    pool: sqlx::PgPool,
}

impl Cleaner {
    async fn all(&self, stacks: Vec<String>) {
        use std::fs::remove_dir_all;
        let line = "rm -rf /srv/data";
        for stack in stacks {
            fs::remove_dir_all(format!("{}/{}", ROOT, stack)).unwrap();
            Run::new("sh").arg("-c").arg(line).status().unwrap();
        }
        sqlx::query(STATEMENT).execute(&self.pool).await;
        remove_dir_all(ROOT).unwrap();
        wipe(ROOT).await;
    }
}

fn again(path: &str) {
    let sql = "DROP TABLE orders";
    sqlx::query(sql);
    std::fs::remove_dir_all(path).unwrap();
}
`,
};
