// Charts read their figures from the page; the table beside them says the same without scripts.

import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const COLOURS = ["#1f6feb", "#2f9e6e", "#8f7ae5", "#c08a2e", "#5c6b7a"];

/** Options from {unit, dated, categories, series: [{name, kind, values, stack, dashed, stepped, colour}]}.
 * Days that are `dated` stand as far apart as they are: a trend over them is a straight line. */
function options({ unit, dated, categories, series }, label) {
  const last = (value) => (Array.isArray(value) ? value.at(-1) : value);
  const isKnown = (value) => value !== null && value !== undefined;
  const figure = (value) => (isKnown(last(value)) ? last(value).toLocaleString("zh-CN") : "—");
  const along = (values) =>
    dated ? values.map((value, at) => [categories[at], value]).filter(([, value]) => isKnown(value)) : values;
  return {
    animation: false,
    aria: { enabled: true, label: { description: label } },
    color: COLOURS,
    textStyle: { fontFamily: "inherit" },
    // The HTML tooltip would need inline styles, which the policy of the pages forbids.
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value) => `${figure(value)} ${unit}` },
    legend: { bottom: 0, itemWidth: 14, itemHeight: 10 },
    grid: { left: 8, right: 8, top: 32, bottom: 36, containLabel: true },
    xAxis: dated ? { type: "time" } : { type: "category", data: categories, axisTick: { show: false } },
    yAxis: { type: "value", name: unit, nameTextStyle: { align: "left" }, splitLine: { lineStyle: { color: "#e6e9ee" } } },
    series: series.map(({ name, kind, values, stack, dashed, stepped, colour }) => ({
      name,
      type: kind,
      stack,
      data: along(values),
      step: stepped ? "start" : false,
      barMaxWidth: 28,
      connectNulls: kind === "line",
      lineStyle: dashed ? { type: "dashed" } : undefined,
      symbolSize: 7,
      itemStyle: colour ? { color: colour } : undefined,
    })),
  };
}

function draw(element) {
  if (echarts.getInstanceByDom(element)) return;
  const chart = echarts.init(element);
  chart.setOption(options(JSON.parse(element.dataset.chart), element.getAttribute("aria-label")));
  new ResizeObserver(() => chart.resize()).observe(element);
}

function drawAll(root) {
  root.querySelectorAll("[data-chart]").forEach(draw);
}

drawAll(document);
document.addEventListener("htmx:afterSettle", () => drawAll(document));
