package cloudformation

// Parameter is a value that each deployment passes to a template.
type Parameter struct {
	Type                  string   // String, Number, CommaDelimitedList, List<Number>, AWS::… or AWS::SSM::…
	Description           string   `json:",omitempty"`
	Default               *string  `json:",omitempty"` // nil means that a value is required
	NoEcho                bool     `json:",omitempty"` // CloudFormation shows asterisks for the value
	AllowedValues         []string `json:",omitempty"`
	AllowedPattern        string   `json:",omitempty"` // a regular expression for the whole value
	ConstraintDescription string   `json:",omitempty"` // the message for a value that violates a constraint
	MinLength             *int     `json:",omitempty"`
	MaxLength             *int     `json:",omitempty"`
	MinValue              *float64 `json:",omitempty"`
	MaxValue              *float64 `json:",omitempty"`
}
