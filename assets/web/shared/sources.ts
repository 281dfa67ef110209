// Sources that are shown by themselves: a stinger's clip is a transition.
import type { DeskView } from './protocol';

export const shownSources = ({ sources, stingers }: DeskView['setup']): DeskView['setup']['sources'] =>
  sources.filter((source) => !stingers?.some((stinger) => stinger.source === source.name));
