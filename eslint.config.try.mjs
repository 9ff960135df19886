import tseslint from 'typescript-eslint';
import { roomsPlugin } from './scripts/lint/rooms.mjs';

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'examples/workspace/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { firebreak: roomsPlugin },
    rules: {
      'firebreak/rooms': 'error',
      'firebreak/pure-core': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines': ['error', { max: 350 }],
      // A third of the time of all rules, for what this code hardly has: it declares no enum, and hands no class's instance on as another's.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  // Generated data: nobody reads it line by line.
  { files: ['src/core/catalogue/*Operations.ts', 'src/core/catalogue/*Replacements.ts'], rules: { 'max-lines': 'off' } },
);
