package page

import "github.com/go-sparta/sparta/provision/internal/show"

// rows returns the statements of a role in words.
func rows(statements []map[string]any) []statementRow {
	var rows []statementRow
	for _, statement := range statements {
		row := statementRow{Resources: show.Expressions(statement["Resource"])}
		row.Actions, _ = statement["Action"].([]string)
		if condition := statement["Condition"]; condition != nil {
			row.Condition = show.Expression(condition)
		}
		rows = append(rows, row)
	}
	return rows
}
