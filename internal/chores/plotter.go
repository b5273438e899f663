package chores

// Plotter is the folder of a module of its own: only it needs a library for plots.
const Plotter = "bench/plot"
