import tseslint from 'typescript-eslint';

// Text reaches the document as text only: nothing that parses a string as markup or code.
const markup = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc', 'createContextualFragment', 'parseFromString'];

const textOnly = [
  ...markup.map((name) => ({
    selector: `MemberExpression[property.name='${name}'], MemberExpression[property.value='${name}'], JSXAttribute[name.name='${name}']`,
    message: `${name} turns text into markup: render text instead.`,
  })),
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML'], Property[key.name='dangerouslySetInnerHTML']", message: 'dangerouslySetInnerHTML turns text into markup: render text instead.' },
  { selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write/]", message: 'document.write turns text into markup.' },
  { selector: "JSXAttribute[name.name='style']", message: 'Style through classes (strict content security policy).' },
];

export default tseslint.config(
  { ignores: ['assets/web/dist/**', 'node_modules/**', 'build/**'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs', '**/*.js'],
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...textOnly],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['assets/web/build.mjs', 'tests/web/**'], rules: { 'no-console': 'off' } },
);
