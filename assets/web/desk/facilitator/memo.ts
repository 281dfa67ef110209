// A component that is drawn again only when what it is given changed.
import { Component, h, type ComponentType, type FunctionComponent } from 'preact';

export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const [a, b] = [this.props as Record<string, unknown>, next as Record<string, unknown>];
      return Object.keys(b).some((name) => !Object.is(a[name], b[name]));
    }
    override render() {
      return h(inner as FunctionComponent<object>, this.props);
    }
  };
}
