// The documented part of Plotly that we use. Only the type checker reads this file.

export interface PlotlyLibrary {
  react(plot: HTMLElement, data: Trace[], layout: Layout, config: object): Promise<unknown>;
}

export interface PlotElement extends HTMLElement {
  on(event: "plotly_relayout" | "plotly_relayouting" | "plotly_doubleclick", listener: (change: object) => void): void;
}

export type Trace = Record<string, unknown>;

export interface Layout extends Record<string, unknown> {
  xaxis: Record<string, unknown>;
  yaxis: Record<string, unknown>;
}

export interface Chart {
  data: Trace[];
  layout: Layout;
}

declare global {
  interface Window {
    Plotly: PlotlyLibrary;
  }
}
