package naming

// Nearest returns the one of several names that differs from name in at most two characters, and in no more than a
// third of them if it is short, or "".
func Nearest(name string, names []string) string {
	for _, limit := range []int{1, 2} {
		for _, candidate := range names {
			if distance(name, candidate) <= min(limit, (len(candidate)+2)/3) {
				return candidate
			}
		}
	}
	return ""
}

// distance returns how many characters have to be inserted, removed or replaced to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
