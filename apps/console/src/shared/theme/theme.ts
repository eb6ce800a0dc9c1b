import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// Ten shades as Mantine wants them; 6 is the accent of the light theme and 4 that of the dark one.
const ACCENT: MantineColorsTuple = [
  '#eef2ff',
  '#dbe3ff',
  '#bfcdff',
  '#a6b8ff',
  '#8ea6ff',
  '#5c7af0',
  '#2a4fd0',
  '#2444b8',
  '#1d379a',
  '#152972',
];

const CRITICAL: MantineColorsTuple = [
  '#fdecec',
  '#fbd6d5',
  '#ffb9b5',
  '#ffa19d',
  '#ff8a85',
  '#d9474b',
  '#b4232a',
  '#9a1c23',
  '#7f151b',
  '#5f0e13',
];

// Mantine's dark scale, replaced by the dark tokens: text, muted, lines, raised, surface, canvas.
const DARK: MantineColorsTuple = [
  '#e7eaef',
  '#c4cad3',
  '#a3adba',
  '#76808e',
  '#424b58',
  '#2b323c',
  '#1c2129',
  '#161a20',
  '#0f1216',
  '#0a0c0f',
];

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: ACCENT, critical: CRITICAL, dark: DARK },
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.179,
  white: '#ffffff',
  black: '#0f1216',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.4' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '24px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'filled' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    Textarea: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 }, withArrow: false } },
    Menu: {
      // The placeholder would be a child without a role that a menu may have.
      defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false },
    },
    Modal: {
      defaultProps: {
        centered: false,
        yOffset: '12vh',
        shadow: 'xl',
        transitionProps: { duration: 100, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.32 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--critical)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-shadow-md': 'var(--float-shadow)',
  '--mantine-shadow-xl': 'var(--float-shadow)',
};

/** Binds Mantine's own variables to the tokens, so that a colour is changed in tokens.css alone. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: { ...shared, '--mantine-color-body': 'var(--raised)' },
});
