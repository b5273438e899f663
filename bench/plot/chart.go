package main

import (
	"bytes"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// chart is a plot of points on a logarithmic scale, one below the other.
type chart struct {
	file, title, source string
	points              []point
	one                 bool // draw a line at 1
}

// point is a median between its quartiles.
type point struct {
	name              string
	low, middle, high float64
	ours              bool
}

// The size of plots: they are read in columns of that width, and on telephones at three quarters of it.
const (
	width     = 480
	rowHeight = 24
	textSize  = 13
)

// draw returns the chart as an SVG. Ours is a filled mark and peers' are rings, and each has its name and its figure
// beside it, so that nothing depends on colours.
func (c chart) draw() ([]byte, error) {
	p := plot.New()
	p.BackgroundColor = nil // the page's
	p.Title.Text = c.title
	p.X.Label.Text = c.source
	p.Title.Padding = vg.Points(8)
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, ticks{}
	for _, style := range []*font.Font{
		&p.Title.TextStyle.Font, &p.X.Label.TextStyle.Font, &p.X.Tick.Label.Font, &p.Y.Tick.Label.Font,
	} {
		*style = sans(textSize)
	}
	names := make([]string, len(c.points))
	var beside plotter.XYs
	var shownValues []string
	least, most := math.Inf(1), 0.0
	for i, one := range c.points {
		y := float64(len(c.points) - 1 - i) // the first is at the top
		names[len(c.points)-1-i] = one.name
		least, most = min(least, one.low, one.middle), max(most, one.high, one.middle)
		beside, shownValues = append(beside, plotter.XY{Y: y}), append(shownValues, shown(one.middle))
		if err := one.add(p, y); err != nil {
			return nil, err
		}
	}
	if c.one {
		line, err := plotter.NewLine(plotter.XYs{{X: 1, Y: -0.5}, {X: 1, Y: float64(len(c.points)) - 0.5}})
		if err != nil {
			return nil, err
		}
		line.Color, line.Dashes = gray, []vg.Length{vg.Points(4), vg.Points(4)}
		p.Add(line)
		least, most = min(least, 1), max(most, 1)
	}
	figures, err := plotter.NewLabels(plotter.XYLabels{XYs: beside, Labels: shownValues})
	if err != nil {
		return nil, err
	}
	for i := range figures.TextStyle {
		figures.TextStyle[i].Font = sans(textSize - 1)
		figures.XYs[i].X = most * math.Pow(most/least, 0.06) // in a column
	}
	figures.Offset = vg.Point{Y: vg.Points(-4)}
	p.Add(figures)
	p.NominalY(names...)
	p.X.Min, p.X.Max = least/1.3, most*math.Pow(most/least, 0.28) // with space for the figures
	p.Y.Min, p.Y.Max = -0.6, float64(len(c.points))-0.4
	height := vg.Points(float64(rowHeight*len(c.points) + 90))
	canvas := vgsvg.New(vg.Points(width), height)
	p.Draw(draw.New(canvas))
	var picture bytes.Buffer
	if _, err := canvas.WriteTo(&picture); err != nil {
		return nil, fmt.Errorf("draw the plot: %w", err)
	}
	return themed(picture.Bytes(), c.title), nil
}

// sans has the widths of Arial and Helvetica, which readers have.
func sans(size float64) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(size)}
}

var gray = color.Gray{Y: 0x80}

// add adds the mark and the line between the quartiles.
func (o point) add(p *plot.Plot, y float64) error {
	quartiles, err := plotter.NewLine(plotter.XYs{{X: o.low, Y: y}, {X: o.high, Y: y}})
	if err != nil {
		return err
	}
	quartiles.Width = vg.Points(1.5)
	mark, err := plotter.NewScatter(plotter.XYs{{X: o.middle, Y: y}})
	if err != nil {
		return err
	}
	mark.Radius, mark.Shape = vg.Points(4), ring{}
	if o.ours {
		mark.Shape = draw.CircleGlyph{}
	}
	p.Add(quartiles, mark)
	return nil
}

// ring is a circle that is not filled.
type ring struct{}

// DrawGlyph implements draw.GlyphDrawer.
func (ring) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	c.SetLineStyle(draw.LineStyle{Color: style.Color, Width: vg.Points(1.5)})
	var circle vg.Path
	circle.Move(vg.Point{X: at.X + style.Radius, Y: at.Y})
	circle.Arc(at, style.Radius, 0, 2*math.Pi)
	circle.Close()
	c.Stroke(circle)
}

// shown has three digits that count, and no exponent.
func shown(value float64) string {
	if value >= 100 {
		return fmt.Sprintf("%.0f", value)
	}
	return fmt.Sprintf("%.3g", value)
}

// ticks are at 1, 2 and 5 of each power of ten, and if there are many of these, only at 1.
type ticks struct{}

// Ticks implements plot.Ticker.
func (ticks) Ticks(least, most float64) (all []plot.Tick) {
	steps := []float64{1, 2, 5}
	if most/least > 150 {
		steps = steps[:1]
	}
	for power := math.Floor(math.Log10(least)); power <= math.Log10(most); power++ {
		for _, n := range steps {
			if value := n * math.Pow(10, power); value >= least && value <= most {
				all = append(all, plot.Tick{Value: value, Label: shown(value)})
			}
		}
	}
	return all
}
