package page

import (
	"cmp"
	"slices"
)

// arrange gives the boxes their heights, and returns how high the picture is below its headings. Each function has a
// row, which is as high as it has to be for the triggers, roles and resources that stand beside the function. What
// belongs to several functions stands beside one of them.
func (d *drawing) arrange() int {
	rows := make([][len(d.columns)][]*box, d.functions)
	for i, column := range d.columns {
		// What belongs to one function has no choice, so it comes first.
		boxes := slices.Clone(column.Boxes)
		slices.SortStableFunc(boxes, func(a, b *box) int { return cmp.Compare(len(a.functions), len(b.functions)) })
		for _, b := range boxes {
			row := b.row(func(function int) int { return len(rows[function][i]) })
			rows[row][i] = append(rows[row][i], b)
		}
		d.columns[i].Boxes = d.columns[i].Boxes[:0]
	}
	y := headingHeight + margin
	for _, row := range rows {
		most := 0
		for _, boxes := range row {
			most = max(most, len(boxes))
		}
		for i, boxes := range row {
			// Upwards is what also belongs to functions above, so that fewer lines cross.
			slices.SortStableFunc(boxes, func(a, b *box) int { return cmp.Compare(a.middle(), b.middle()) })
			top := y + (most-len(boxes))*(boxHeight+boxGap)/2
			for n, b := range boxes {
				b.Y = top + n*(boxHeight+boxGap)
			}
			d.columns[i].Boxes = append(d.columns[i].Boxes, boxes...)
		}
		y += most * (boxHeight + boxGap)
	}
	return y - boxGap - headingHeight
}

// row is the number of the function that a box stands beside: of those that it belongs to, the one that has the fewest
// boxes in the column so far, or else the one in the middle.
func (b *box) row(taken func(function int) int) int {
	return slices.MinFunc(b.functions, func(one, other int) int {
		return cmp.Or(
			cmp.Compare(taken(one), taken(other)),
			cmp.Compare(b.fromMiddle(one), b.fromMiddle(other)),
		)
	})
}

// middle is twice the mean of the first and the last function that the box belongs to.
func (b *box) middle() int { return b.functions[0] + b.functions[len(b.functions)-1] }

func (b *box) fromMiddle(function int) int { return max(2*function-b.middle(), b.middle()-2*function) }
