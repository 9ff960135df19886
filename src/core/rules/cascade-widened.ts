import { change } from '../check/example.ts';
import { quoted } from '../check/factors.ts';
import { defineRule, removal } from '../check/rule.ts';

export default defineRule({
  id: 'cascade-widened',
  title: 'Deletion takes along what refers to it',
  why: 'Until now a row that others refer to could not be deleted, or these stayed. From now on one deletion takes all of them with it, in every table behind them, and nothing tells how many.',
  instead: 'Keep the restriction, and delete what refers to the row on purpose, where the number of rows can be seen.',
  blindTo: 'Relations that are written over several lines in another way than before, and new ones.',
  blastRadius: { scope: 'collection', undo: 'none' },
  matches: [removal('restriction')],
  judge: { removal: ({ from, source }) => ({ effect: `has rows deleted along with the one that they refer to, where it said ${quoted(source)}`, target: from }) },
  examples: {
    bad: [
      change('lines.sql', `CREATE TABLE lines (id int, order_id int REFERENCES orders(id) ON DELETE RESTRICT);\n`, `⟦CREATE TABLE lines (id int, order_id int REFERENCES orders(id) ON DELETE CASCADE);⟧\n`),
      change('models.py', `class Line(models.Model):\n    order = models.ForeignKey(Order, on_delete=models.PROTECT)\n`, `class Line(models.Model):\n    ⟦order = models.ForeignKey(Order, on_delete=models.CASCADE)⟧\n`),
      change('order.rb', `class Order < ApplicationRecord\n  has_many :lines, dependent: :restrict_with_error\nend\n`, `class Order < ApplicationRecord\n  ⟦has_many :lines, dependent: :destroy⟧\nend\n`),
      change('line.ts', `@Entity()\nclass Line {\n  @ManyToOne(() => Order, { onDelete: 'RESTRICT' })\n  order: Order;\n}\n`, `@Entity()\nclass Line {\n  ⟦@ManyToOne(() => Order, { onDelete: 'CASCADE' })⟧\n  order: Order;\n}\n`),
      change('Shop.cs', `class Shop {\n  void Make(ModelBuilder b) {\n    b.Entity<Line>().HasOne(l => l.Order).WithMany().OnDelete(DeleteBehavior.Restrict);\n  }\n}\n`, `class Shop {\n  void Make(ModelBuilder b) {\n    ⟦b.Entity<Line>().HasOne(l => l.Order).WithMany().OnDelete(DeleteBehavior.Cascade);⟧\n  }\n}\n`),
      change('2026_lines.php', `<?php\n$table->foreign('order_id')->references('id')->on('orders')->restrictOnDelete();\n`, `<?php\n⟦$table->foreign('order_id')->references('id')->on('orders')->cascadeOnDelete();⟧\n`),
      change('Order.java', `class Order {\n  @OneToMany(mappedBy = "order")\n  List<Line> lines;\n}\n`, `class Order {\n  ⟦@OneToMany(mappedBy = "order", cascade = CascadeType.ALL)⟧\n  List<Line> lines;\n}\n`),
    ],
    good: [
      change('lines.sql', `CREATE TABLE lines (id int, order_id int REFERENCES orders(id) ON DELETE CASCADE);\n`, `CREATE TABLE lines (id int, order_id int REFERENCES orders(id) ON DELETE RESTRICT);\n`),
      change('models.py', `class Line(models.Model):\n    order = models.ForeignKey(Order, on_delete=models.CASCADE)\n`, `class Line(models.Model):\n    order = models.ForeignKey(\n        Order, on_delete=models.CASCADE)\n`),
      change('order.rb', `class Order < ApplicationRecord\n  has_many :lines, dependent: :delete_all\nend\n`, `class Order < ApplicationRecord\n  has_many :lines, dependent: :destroy\nend\n`),
      change('models.py', `class Line(models.Model):\n    order = models.ForeignKey(Order, on_delete=models.PROTECT)\n`, `class Line(models.Model):\n    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True)\n`),
    ],
  },
});
