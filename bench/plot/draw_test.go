package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

var example = chart{title: "A & B", one: true, points: []point{
	{name: "ours", low: 0.9, middle: 1.05, high: 1.25, ours: true}, {name: "a peer", low: 18, middle: 20, high: 30},
}}

// A plot is well-formed, says what it shows in text, follows the page's colours, and is the same each time.
func TestPlots(t *testing.T) {
	picture, err := example.draw()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := xml.NewDecoder(bytes.NewReader(picture)); ; {
		if _, err := decoder.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{
		"<title>A &amp; B</title>", ">ours<", ">a peer<", ">1.05<", ">20<", "currentColor",
		"prefers-color-scheme: dark",
	} {
		if !strings.Contains(string(picture), want) {
			t.Errorf("the plot lacks %q", want)
		}
	}
	if strings.Contains(string(picture), "#000000") {
		t.Error("black would not be seen on a dark page")
	}
	if again, err := example.draw(); err != nil || !bytes.Equal(again, picture) {
		t.Errorf("drawn again, it is another plot (%v)", err)
	}
}
