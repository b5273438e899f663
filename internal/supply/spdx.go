package supply

import "strings"

// known are the phrases that the text of a license has, in lower case and with single spaces, and how long it is at
// most: a longer one has more than this license.
var known = []struct {
	id      string
	length  int
	phrases []string
	without string // which the text of a similar license has
}{
	{"Apache-2.0", 14_000, []string{
		"apache license version 2.0, january 2004", "terms and conditions for use, reproduction, and distribution",
		"9. accepting warranty or additional liability.",
	}, ""},
	{"MIT", 1_400, []string{
		"permission is hereby granted, free of charge, to any person obtaining a copy of this software and " +
			"associated documentation files",
		"the above copyright notice and this permission notice shall be included in all copies or substantial portions",
		`the software is provided "as is"`,
	}, ""},
	{"BSD-3-Clause", 2_000, []string{
		"redistribution and use in source and binary forms, with or without modification, are permitted provided " +
			"that the following conditions are met",
		"redistributions in binary form must reproduce the above copyright notice",
		"to endorse or promote products derived from this software without specific",
	}, "all advertising materials"},
	{"BSD-2-Clause", 1_700, []string{
		"redistribution and use in source and binary forms, with or without modification, are permitted provided " +
			"that the following conditions are met",
		"redistributions in binary form must reproduce the above copyright notice",
	}, "endorse or promote"},
	{"ISC", 1_100, []string{
		"and/or distribute this software for any purpose with or without fee is hereby granted, provided that the " +
			"above copyright notice and this permission notice appear in all copies",
	}, ""},
	{"MPL-2.0", 18_000, []string{
		"mozilla public license version 2.0", `exhibit b - "incompatible with secondary licenses" notice`,
	}, ""},
}

// identify returns the ID that SPDX has for a license, or "" unless it is certain. Files such as LICENSE count before
// those such as LICENSE-MIT, which are about parts, or among which users may choose.
func identify(found []licenseFile) string {
	var main, others []string
	for _, file := range found {
		name := strings.ToUpper(file.Name)
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, ".TXT"), ".MD"), ".RST")
		switch {
		case strings.HasPrefix(name, "NOTICE"), strings.HasPrefix(name, "PATENTS"):
		case base == "LICENSE", base == "LICENCE", base == "COPYING":
			main = append(main, identifyText(file.Text))
		default:
			others = append(others, identifyText(file.Text))
		}
	}
	if len(main) == 0 {
		main = others
	}
	if len(main) != 1 {
		return ""
	}
	return main[0]
}

func identifyText(text string) string {
	text = strings.NewReplacer("“", `"`, "”", `"`, "''", `"`, "``", `"`).Replace(strings.ToLower(text))
	text = strings.Join(strings.Fields(text), " ")
	id := ""
	for _, license := range known {
		if len(text) > license.length || license.without != "" && strings.Contains(text, license.without) {
			continue
		}
		if !containsAll(text, license.phrases) {
			continue
		}
		if id != "" {
			return "" // two licenses in one text
		}
		id = license.id
	}
	return id
}

func containsAll(text string, phrases []string) bool {
	for _, phrase := range phrases {
		if !strings.Contains(text, phrase) {
			return false
		}
	}
	return true
}
