import { testLanguage } from '../../support/languageTests.ts';

testLanguage({
  name: 'Ruby',
  path: 'a.rb',
  callees: [
    ['a class', 'Aws::S3::Client.new.danger', '*#Aws.S3.Client.danger'],
    ['a variable', 'c = Aws::S3::Client.new(region: "x")\nc.danger(1)', '*#Aws.S3.Client.danger'],
    ['a field', 'class A\n  def initialize\n    @c = Aws::S3::Client.new\n  end\n  def f\n    @c.danger\n  end\nend', '*#Aws.S3.Client.danger'],
    ['a class method', 'FileUtils.danger("x")', '*#FileUtils.danger'],
    ['a class of the file', 'class User\nend\nUser.danger', '?danger'],
    ['no receiver', 'danger :users', '?danger'],
  ],
  embedded: [
    ['system "rm -rf #{dir}"', '$ rm | rm -rf #{dir}'],
    ['system("rm", "-rf", dir)', '$ rm | system("rm", "-rf", dir)'],
    ['`rm -rf #{dir}`', '$ rm | rm -rf #{dir}'],
    ['x = %x(rm -rf /data)', '$ rm | rm -rf /data'],
    ['execute "DROP TABLE users"', 'sql drop | DROP TABLE users'],
    ['execute <<~SQL\n  DROP TABLE users\nSQL\n', 'sql drop | DROP TABLE users'],
    ['Q = "DROP " + "TABLE users"\nexecute(Q)', 'sql drop | DROP " + "TABLE users'],
    ['require "open3"\nOpen3.capture2("rm -rf /data")', '$ rm | rm -rf /data'],
  ],
  text: 'puts "rm -rf /"\nlogger.info "DROP TABLE users"\n# rm -rf /\nx = "rm -rf /"\ny = <<~SH\n  rm -rf /\nSH\n',
  chains: [['User.where(a: 1).danger.x(1)', 'User where(1)', 'x(1)']],
  addresses: [['module M\n  class A < B\n    def self.f\n      danger 1\n    end\n  end\nend', 'M A f']],
  loops: [
    ['xs.each { |x| danger(x) }', 'xs'],
    ['xs.each do |x|\n  danger x\nend', 'xs'],
    ['for x in xs do danger x end', 'xs'],
    ['while more do danger 1 end', 'more'],
    ['danger(1) { |x| x }', undefined],
  ],
  args: [['danger :users, "a", 1, nil, true, [1, :b], %w[c d], { "k" => 1, j: 2 }, force: :cascade, x: y', '["users","a",1,null,true,[1,"b"],["c","d"],{"k":1,"j":2},{"force":"cascade","x":"y"}]']],
  modules: [['require "aws-sdk-s3"\nrequire_relative "x"\ndanger 1', 'aws-sdk-s3 x']],
});
