package main

import "slices"

// quantity is something that must not grow.
type quantity struct {
	name  string
	of    func(sample) float64
	unit  string
	slack float64 // by how much it may be larger in the end
	part  float64 // or by which part of it
}

func quantities() []quantity {
	return []quantity{
		{"resident memory", func(s sample) float64 { return s.resident }, "MB", 16, 0.10},
		{"Go's live heap", func(s sample) float64 { return s.heap }, "MB", 0.5, 0.10},
		{"goroutines", func(s sample) float64 { return s.goroutines }, "", 0, 0},
		{"threads", func(s sample) float64 { return s.threads }, "", 2, 0.10},
		{"descriptors", func(s sample) float64 { return s.descriptors }, "", 1, 0},
		{"the soak's own descriptors", func(s sample) float64 { return s.ownDescriptors }, "", 16, 0.10},
		{"the soak's own goroutines", func(s sample) float64 { return s.ownGoroutines }, "", 32, 0.10},
	}
}

// growth is what a quantity was early, after a warm-up, and late: the medians of a fifth of all samples.
type growth struct {
	quantity
	early, late float64
}

// fewestSamples is how many samples a verdict takes.
const fewestSamples = 20

// growthOf compares early and late samples of the process that nothing ends. It returns nil if there are too few.
func growthOf(samples []sample) []growth {
	samples = slices.DeleteFunc(slices.Clone(samples), func(s sample) bool { return s.process != 0 })
	if len(samples) < fewestSamples {
		return nil
	}
	fifth := len(samples) / 5
	var found []growth
	for _, q := range quantities() {
		found = append(found, growth{
			q, median(samples[fifth:2*fifth], q.of), median(samples[len(samples)-fifth:], q.of),
		})
	}
	return found
}

// tooLarge reports whether the quantity has grown by more than chance explains.
func (g growth) tooLarge() bool { return g.late > g.early+max(g.slack, g.early*g.part) }

func median(samples []sample, of func(sample) float64) float64 {
	var values []float64
	for _, s := range samples {
		values = append(values, of(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
