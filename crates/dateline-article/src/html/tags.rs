//! Names of elements and attributes that the engine knows, and what their content model is.

/// Makes the enum of known names and the look-up by lower-case name.
macro_rules! names {
    ($(#[$doc:meta])* $enum:ident { $($variant:ident $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        #[repr(u8)]
        pub(crate) enum $enum { $($variant,)* Other }

        impl $enum {
            /// How many names there are, `Other` included.
            #[allow(dead_code)]
            pub const COUNT: usize = $enum::Other as usize + 1;

            /// The name's entry; case does not matter.
            pub fn of(name: &str) -> $enum {
                let mut lower = [0u8; 24];
                let Some(slot) = lower.get_mut(..name.len()) else { return $enum::Other };
                slot.copy_from_slice(name.as_bytes());
                slot.make_ascii_lowercase();
                match &*slot {
                    $(s if s == $name.as_bytes() => $enum::$variant,)*
                    _ => $enum::Other,
                }
            }
        }
    };
}

names! {
    /// An element's name.
    Tag {
        A "a", Abbr "abbr", Address "address", Article "article", Aside "aside", Audio "audio", B "b", Base "base",
        Blockquote "blockquote", Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption",
        Center "center", Cite "cite", Code "code", Col "col", Colgroup "colgroup", Dd "dd", Del "del",
        Details "details", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed",
        Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer", Form "form",
        Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header",
        Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe", Img "img", Input "input", Ins "ins",
        Label "label", Legend "legend", Li "li", Link "link", Listing "listing", Main "main", Map "map", Math "math",
        Menu "menu", Meta "meta", Nav "nav", Noembed "noembed", Noframes "noframes", Noscript "noscript",
        Object "object", Ol "ol", Optgroup "optgroup", Option "option", Output "output", P "p", Param "param",
        Picture "picture", Plaintext "plaintext", Pre "pre", Q "q", S "s", Search "search", Script "script",
        Section "section", Select "select", Small "small", Source "source", Span "span", Strike "strike",
        Strong "strong", Style "style", Sub "sub", Summary "summary", Sup "sup", Svg "svg", Table "table",
        Tbody "tbody", Td "td", Template "template", Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead",
        Time "time", Title "title", Tr "tr", Track "track", Tt "tt", U "u", Ul "ul", Video "video", Wbr "wbr",
        Xmp "xmp",
    }
}

names! {
    /// An attribute's name; others are not kept.
    Attr {
        AriaHidden "aria-hidden", AriaLabel "aria-label", Class "class", Content "content", DataComponent "data-component",
        DataComponentName "data-component-name", DataTestid "data-testid", DataType "data-type", Datetime "datetime",
        Hidden "hidden", Href "href", Id "id", Itemprop "itemprop", Itemscope "itemscope", Itemtype "itemtype", Lang "lang",
        Name "name", Property "property", Rel "rel", Role "role", Style "style", TitleText "title", Type "type",
    }
}

impl Tag {
    /// Elements without content.
    pub fn is_void(self) -> bool {
        use Tag::*;
        matches!(self, Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr)
    }

    /// Elements whose content is read as characters up to their own end tag.
    pub fn is_raw(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Title | Textarea | Iframe | Noembed | Noframes | Xmp)
    }

    /// Elements that break the line before and after them.
    pub fn is_block(self) -> bool {
        use Tag::*;
        self.closes_p()
            || self.is_table_part()
            || matches!(self, Body | Html | Li | Dd | Dt | Legend | Table | Option | Noscript | Iframe | Template)
    }

    /// Elements whose start tag ends an open paragraph.
    pub fn closes_p(self) -> bool {
        use Tag::*;
        self.is_heading()
            || matches!(
                self,
                Address | Article | Aside | Blockquote | Center | Details | Dialog | Dir | Div | Dl | Fieldset
            )
            || matches!(
                self,
                Figcaption | Figure | Footer | Form | Header | Hgroup | Hr | Listing | Main | Menu | Nav | Ol | P
            )
            || matches!(self, Plaintext | Pre | Search | Section | Summary | Ul | Xmp | Table)
    }

    /// h1 to h6.
    pub fn is_heading(self) -> bool {
        use Tag::*;
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    /// Parts of a table.
    pub fn is_table_part(self) -> bool {
        use Tag::*;
        matches!(self, Caption | Colgroup | Tbody | Td | Tfoot | Th | Thead | Tr)
    }

    /// Elements out of which no end tag reaches (the standard's scope markers).
    pub fn is_scope(self) -> bool {
        use Tag::*;
        matches!(self, Html | Body | Table | Td | Th | Caption | Template | Object)
    }

    /// Elements that may stand in the head of a page.
    pub fn is_head_matter(self) -> bool {
        use Tag::*;
        matches!(self, Head | Html | Base | Link | Meta | Noscript | Script | Style | Template | Title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(Tag::of("FigCaption"), Tag::Figcaption);
        assert_eq!(Tag::of("amp-img"), Tag::Other);
        assert_eq!(Tag::of("a-name-that-is-longer-than-any-other"), Tag::Other);
        assert_eq!(Attr::of("CLASS"), Attr::Class);
    }
}
