// The world map of claims. Its data is that of server/site/pictures/world.py; its borders are Natural Earth's, by world-atlas.
// small-countries.json has the middle (longitude, latitude) of those that are too small for borders at this scale.

import { geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { feature } from "topojson-client";
import world from "world-atlas/countries-110m.json";
import { onResize, picture, remembering, rememberView, rovingMarks, viewState } from "./pictures/common.js";
import { uncovered } from "./pictures/places.js";
import small from "./pictures/small-countries.json";
import { viewButtons } from "./pictures/view_buttons.js";

const ANTARCTICA = "010";
const NEAREST = 24;
const DOT = 4.5;

const found = picture("map");
if (found) draw(found);

function draw({ figure, box, canvas, data, tip }) {
  const known = new Map(data.countries.map((country) => [country.code, country]));
  const shapes = feature(world, world.objects.countries).features.filter(({ id }) => id !== ANTARCTICA);
  const svg = select(canvas);
  const ground = svg.append("g");
  const remember = remembering();
  const projection = geoEqualEarth();
  const path = geoPath(projection);
  let [width, height, transform] = [0, 0, zoomIdentity];

  ground.append("path").attr("class", "sphere").datum({ type: "Sphere" });
  ground.append("path").attr("class", "graticule").datum(geoGraticule10());
  ground.append("g").attr("aria-hidden", "true").selectAll("path").data(shapes.filter(({ id }) => !known.has(id))).join("path").attr("class", "land");
  const marks = marked(ground.append("g"), data.countries, shapes);
  const names = svg.append("g").attr("aria-hidden", "true").selectAll("text").data(marks.data()).join("text");
  names.attr("class", "place").attr("text-anchor", "middle").attr("dominant-baseline", "central");
  names.append("tspan").text(({ country }) => country.name);
  names.append("tspan").attr("dx", 5).attr("class", "number").text(({ country }) => String(country.total));
  marks.each(function ({ country }) {
    tip.attach(this, () => [
      { text: `${country.name}: ${country.said}`, className: "label" },
      ...country.held.map((text) => ({ text })),
    ]);
  });
  marks.filter(({ country }) => country.slug === data.at).classed("is-chosen", true);

  const zooming = zoom()
    .scaleExtent([1, NEAREST])
    .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.button && event.touches?.length !== 1))
    .on("zoom", (event) => {
      transform = event.transform;
      move();
      if (event.sourceEvent !== "silent") remember({ view: written() });
    });
  svg.call(zooming).on("dblclick.zoom", null);
  const set = (next, silent) => svg.call(zooming.transform, next, null, silent ? "silent" : undefined);

  /** The middle of the view and how near it is, as the address has it. */
  const written = () => {
    if (transform.k <= 1.001) return null;
    const [longitude, latitude] = projection.invert(transform.invert([width / 2, height / 2]));
    return [longitude.toFixed(1), latitude.toFixed(1), transform.k.toFixed(2)].join(",");
  };
  const read = () => {
    const [longitude, latitude, k] = (viewState().get("view") ?? "").split(",").map(Number);
    return k >= 1 && k <= NEAREST && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? about([longitude, latitude], k) : zoomIdentity;
  };
  const about = (place, k) => {
    const [x, y] = projection(place);
    return zoomIdentity.translate(width / 2 - k * x, height / 2 - k * y).scale(k);
  };

  function move() {
    tip.hide();
    ground.attr("transform", transform.toString());
    ground.selectAll("circle").attr("r", DOT / transform.k);
    const wanted = names.nodes().map((text) => {
      const { middle, shape } = text.__data__;
      const [[x, y], length] = [transform.apply(projection(middle)), text.getComputedTextLength()];
      return { x: shape ? x : x + length / 2 + 2 * DOT, y, width: length }; // beside a dot
    });
    names.attr("transform", (_mark, number) => `translate(${wanted[number].x.toFixed(1)},${wanted[number].y.toFixed(1)})`);
    const free = uncovered(wanted, width, 17, width < 600 ? 16 : 4);
    names.attr("visibility", (_mark, number) => (free[number] ? null : "hidden"));
  }

  onResize(box, (now) => {
    const place = width && transform.k > 1 ? written() : null;
    width = now;
    height = Math.round(width / 2);
    svg.attr("viewBox", `0 0 ${width} ${height}`);
    projection.fitExtent([[2, 2], [width - 2, height - 2]], { type: "Sphere" });
    ground.selectAll("path").attr("d", path);
    ground.selectAll("circle").attr("cx", ({ middle }) => projection(middle)[0]).attr("cy", ({ middle }) => projection(middle)[1]);
    zooming.extent([[0, 0], [width, height]]).translateExtent([[0, 0], [width, height]]);
    const [longitude, latitude, k] = place ? place.split(",").map(Number) : [];
    set(place ? about([longitude, latitude], k) : read(), true);
  });
  viewButtons(figure, {
    move: () => {},
    scale: (factor) => svg.call(zooming.scaleBy, 1 / factor),
    whole: () => set(zoomIdentity),
  });
  rovingMarks(canvas, "a.country", (mark) => {
    const { country, middle } = mark.__data__;
    rememberView({ at: country.slug });
    const [x, y] = transform.apply(projection(middle));
    if (x < 0 || y < 0 || x > width || y > height) set(about(middle, transform.k));
  });
}

/** A link for each country with claims: its borders, or a dot where it is too small for them. */
function marked(parent, countries, shapes) {
  const byCode = new Map(shapes.map((shape) => [shape.id, shape]));
  const drawn = countries
    .map((country) => ({ country, shape: byCode.get(country.code) ?? null, dot: small[country.code] ?? null }))
    .filter(({ shape, dot }) => shape || dot)
    .map((mark) => ({ ...mark, middle: mark.dot ?? middleOf(mark.shape) }));
  const links = parent.selectAll("a").data(drawn).join("a");
  links.attr("class", ({ country }) => `country tint-${country.tint}`).attr("href", ({ country }) => country.href);
  links.attr("aria-label", ({ country }) => `${country.name}: ${country.said}. ${country.held.join(", ")}`);
  links.filter(({ shape }) => shape).append("path").attr("class", "land").datum(({ shape }) => shape);
  links.filter(({ shape }) => shape).append("path").attr("class", "focus-ring").datum(({ shape }) => shape);
  links.filter(({ shape }) => !shape).append("circle").attr("class", "land");
  links.filter(({ shape }) => !shape).append("circle").attr("class", "focus-ring");
  return links;
}

/** The middle of the largest part of a country: France's is not in the Atlantic because of Guiana. */
function middleOf(shape) {
  const flat = geoPath(geoEqualEarth());
  const parts = shape.geometry.type === "MultiPolygon" ? shape.geometry.coordinates : [shape.geometry.coordinates];
  const [largest] = parts
    .map((coordinates) => ({ type: "Polygon", coordinates }))
    .sort((one, other) => flat.area(other) - flat.area(one));
  return geoEqualEarth().invert(flat.centroid(largest));
}
