// Charts read their figures from the page; the table beside them says the same without scripts.

import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const COLOURS = ["#1f6feb", "#2f9e6e", "#8f7ae5", "#c08a2e", "#5c6b7a"];

/** Options from {unit, categories, series: [{name, kind, values, stack, dashed, colour}]}. */
function options({ unit, categories, series }) {
  const figure = (value) => (value === null || value === undefined ? "—" : value.toLocaleString("zh-CN"));
  return {
    animation: false,
    aria: { enabled: true },
    color: COLOURS,
    textStyle: { fontFamily: "inherit" },
    // The HTML tooltip would need inline styles, which the policy of the pages forbids.
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value) => `${figure(value)} ${unit}` },
    legend: { bottom: 0, itemWidth: 14, itemHeight: 10 },
    grid: { left: 8, right: 8, top: 32, bottom: 36, containLabel: true },
    xAxis: { type: "category", data: categories, axisTick: { show: false } },
    yAxis: { type: "value", name: unit, nameTextStyle: { align: "left" }, splitLine: { lineStyle: { color: "#e6e9ee" } } },
    series: series.map(({ name, kind, values, stack, dashed, colour }) => ({
      name,
      type: kind,
      stack,
      data: values,
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
  chart.setOption(options(JSON.parse(element.dataset.chart)));
  new ResizeObserver(() => chart.resize()).observe(element);
}

function drawAll(root) {
  root.querySelectorAll("[data-chart]").forEach(draw);
}

drawAll(document);
document.addEventListener("htmx:afterSettle", () => drawAll(document));
