import { change } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { defineRule, removal } from '../check/rule.ts';

export default defineRule({
  id: 'error-handling-removed',
  title: 'Error handling removed',
  why: 'When the call fails half-way, nothing notices any more: what was begun is not put back, and what follows goes on as if all were well.',
  instead: 'Let the failure be handled where it was, or say where it is handled now.',
  blindTo: 'Handling that became weaker and still does something, handlers in another file, and errors that are values where the call is written in another way too.',
  blastRadius: { scope: 'set', undo: 'costly' },
  matches: [removal('errorHandling')],
  judge: { removal: ({ from }) => ({ effect: `runs ${quoted(from)} with nothing that handles its failure`, target: from }) },
  examples: {
    bad: [
      change('src/drop.ts', `try {\n  await db.dropCollection(name);\n} catch (error) {\n  await restore(name);\n}\n`, `await ⟦db.dropCollection(name)⟧;\n`),
      change('drop.py', `def f():\n    try:\n        table.delete()\n    except ClientError as e:\n        log.error(e)\n        raise\n`, `def f():\n    ⟦table.delete()⟧\n`),
      change('drop.rb', `def f\n  begin\n    store.delete_all\n  rescue StandardError => e\n    undo\n  end\nend\n`, `def f\n  ⟦store.delete_all⟧\nend\n`),
      change(
        'Store.java',
        `class Store {\n  void store(Item item) throws IOException {\n    try {\n      save(item);\n    } catch (IOException error) {\n      rollback(item);\n      throw error;\n    }\n  }\n}\n`,
        `class Store {\n  void store(Item item) throws IOException {\n    ⟦save(item);⟧\n  }\n}\n`,
      ),
      change('pay.py', `def pay(order):\n    try:\n        charge(order)\n    except CardError:\n        order.release()\n        raise\n`, `def pay(order):\n    ⟦charge(order)⟧\n`),
      change('pay.ts', `try {\n  await charge(order);\n} catch (error) {\n  log.error(error);\n  throw new PaymentFailed();\n}\n`, `try {\n  await charge(order);\n} ⟦catch {}⟧\n`),
      change('pay.py', `try:\n    charge(order)\nexcept CardError:\n    order.release()\n    raise\n`, `try:\n    charge(order)\n⟦except CardError:⟧\n    pass\n`),
      change('save.go', `package a\n\nfunc Save(f *File) error {\n\tif err := f.Write(); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n`, `package a\n\nfunc Save(f *File) error {\n\t⟦f.Write()⟧\n\treturn nil\n}\n`),
      change('save.rs', `fn save(f: &File) -> Result<()> {\n    f.write()?;\n    Ok(())\n}\n`, `fn save(f: &File) -> Result<()> {\n    ⟦let _ = f.write();⟧\n    Ok(())\n}\n`),
    ],
    good: [
      change('save.go', `package a\n\nfunc Save(f *File) error {\n\tif err := f.Write(); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n`, `package a\n\nfunc Save(f *File) error {\n\treturn f.Write()\n}\n`),
      change('pay.ts', `try {\n  await charge(order);\n} catch (error) {\n  throw new PaymentFailed();\n}\n`, `try {\n  await charge(order);\n} catch (error) {\n  await release(order);\n}\n`),
      change(
        'tidy.py',
        `def tidy(path):\n    try:\n        os.remove(path)\n    except FileNotFoundError:\n        pass\n`,
        `def tidy(path):\n    with suppress(FileNotFoundError):\n        os.remove(path)\n`,
      ),
      change(
        'pay.py',
        `def pay(order):\n    try:\n        charge(order)\n    except CardError:\n        raise Refused()\n`,
        `def pay(order):\n    or_refused(lambda: charge(order))\n\ndef or_refused(work):\n    try:\n        work()\n    except CardError:\n        raise Refused()\n`,
      ),
      change('src/drop.ts', `try {\n  await db.dropCollection(name);\n} catch (error) {\n  await restore(name);\n}\n`, `await db.dropCollection(name).catch(() => restore(name));\n`),
      change('src/read.ts', `try {\n  await db.read(name);\n} catch (error) {\n  log(error);\n}\n`, `await db.read(name);\n`),
      change('src/drop.ts', `try {\n  await db.dropCollection(name);\n} catch {}\n`, `export {};\n`),
    ],
  },
});
