//! Labels of tokens, trees and names: universal parts of speech, Penn tags, Universal Dependencies relations.

use dateline_data::labels;

labels! {
    /// A universal part of speech (Universal Dependencies 2).
    pub enum Upos, "a universal part of speech, as in `NOUN`" {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Other.
        X = "X",
    }
}

labels! {
    /// A Penn Treebank tag, with the additions of the English Web Treebank.
    pub enum Xpos, "a Penn Treebank tag, as in `VBD`" {
        /// Coordinating conjunction.
        CC = "CC",
        /// Cardinal number.
        CD = "CD",
        /// Determiner.
        DT = "DT",
        /// Existential *there*.
        EX = "EX",
        /// Foreign word.
        FW = "FW",
        /// Preposition or subordinating conjunction.
        IN = "IN",
        /// Adjective.
        JJ = "JJ",
        /// Adjective, comparative.
        JJR = "JJR",
        /// Adjective, superlative.
        JJS = "JJS",
        /// List item marker.
        LS = "LS",
        /// Modal.
        MD = "MD",
        /// Noun, singular.
        NN = "NN",
        /// Noun, plural.
        NNS = "NNS",
        /// Proper noun, singular.
        NNP = "NNP",
        /// Proper noun, plural.
        NNPS = "NNPS",
        /// Predeterminer.
        PDT = "PDT",
        /// Possessive ending.
        POS = "POS",
        /// Personal pronoun.
        PRP = "PRP",
        /// Possessive pronoun.
        PRPS = "PRP$",
        /// Adverb.
        RB = "RB",
        /// Adverb, comparative.
        RBR = "RBR",
        /// Adverb, superlative.
        RBS = "RBS",
        /// Particle.
        RP = "RP",
        /// Symbol.
        SYM = "SYM",
        /// *to*.
        TO = "TO",
        /// Interjection.
        UH = "UH",
        /// Verb, base form.
        VB = "VB",
        /// Verb, past tense.
        VBD = "VBD",
        /// Verb, gerund or present participle.
        VBG = "VBG",
        /// Verb, past participle.
        VBN = "VBN",
        /// Verb, present tense, not third person singular.
        VBP = "VBP",
        /// Verb, present tense, third person singular.
        VBZ = "VBZ",
        /// Wh-determiner.
        WDT = "WDT",
        /// Wh-pronoun.
        WP = "WP",
        /// Possessive wh-pronoun.
        WPS = "WP$",
        /// Wh-adverb.
        WRB = "WRB",
        /// Address: URL, e-mail.
        ADD = "ADD",
        /// Affix.
        AFX = "AFX",
        /// Part of a word that is written separately.
        GW = "GW",
        /// Hyphen.
        HYPH = "HYPH",
        /// Superfluous punctuation.
        NFP = "NFP",
        /// Currency sign.
        Dollar = "$",
        /// Number sign.
        Hash = "#",
        /// Opening quotation mark.
        OpenQuote = "``",
        /// Closing quotation mark.
        CloseQuote = "''",
        /// Opening bracket.
        LRB = "-LRB-",
        /// Closing bracket.
        RRB = "-RRB-",
        /// Comma.
        Comma = ",",
        /// Punctuation that ends a sentence.
        Stop = ".",
        /// Colon, semicolon, dash.
        Colon = ":",
    }
}

labels! {
    /// A relation of Universal Dependencies 2, with the subtypes the English treebanks use.
    pub enum Deprel, "a dependency relation, as in `nsubj`" {
        /// `acl`.
        Acl = "acl",
        /// `acl:relcl`.
        AclRelcl = "acl:relcl",
        /// `advcl`.
        Advcl = "advcl",
        /// `advcl:relcl`.
        AdvclRelcl = "advcl:relcl",
        /// `advmod`.
        Advmod = "advmod",
        /// `amod`.
        Amod = "amod",
        /// `appos`.
        Appos = "appos",
        /// `aux`.
        Aux = "aux",
        /// `aux:pass`.
        AuxPass = "aux:pass",
        /// `case`.
        Case = "case",
        /// `cc`.
        Cc = "cc",
        /// `cc:preconj`.
        CcPreconj = "cc:preconj",
        /// `ccomp`.
        Ccomp = "ccomp",
        /// `compound`.
        Compound = "compound",
        /// `compound:prt`.
        CompoundPrt = "compound:prt",
        /// `conj`.
        Conj = "conj",
        /// `cop`.
        Cop = "cop",
        /// `csubj`.
        Csubj = "csubj",
        /// `csubj:outer`.
        CsubjOuter = "csubj:outer",
        /// `csubj:pass`.
        CsubjPass = "csubj:pass",
        /// `dep`.
        Dep = "dep",
        /// `det`.
        Det = "det",
        /// `det:predet`.
        DetPredet = "det:predet",
        /// `discourse`.
        Discourse = "discourse",
        /// `dislocated`.
        Dislocated = "dislocated",
        /// `expl`.
        Expl = "expl",
        /// `fixed`.
        Fixed = "fixed",
        /// `flat`.
        Flat = "flat",
        /// `goeswith`.
        Goeswith = "goeswith",
        /// `iobj`.
        Iobj = "iobj",
        /// `list`.
        List = "list",
        /// `mark`.
        Mark = "mark",
        /// `nmod`.
        Nmod = "nmod",
        /// `nmod:desc`.
        NmodDesc = "nmod:desc",
        /// `nmod:poss`.
        NmodPoss = "nmod:poss",
        /// `nmod:unmarked`.
        NmodUnmarked = "nmod:unmarked",
        /// `nsubj`.
        Nsubj = "nsubj",
        /// `nsubj:outer`.
        NsubjOuter = "nsubj:outer",
        /// `nsubj:pass`.
        NsubjPass = "nsubj:pass",
        /// `nummod`.
        Nummod = "nummod",
        /// `obj`.
        Obj = "obj",
        /// `obl`.
        Obl = "obl",
        /// `obl:agent`.
        OblAgent = "obl:agent",
        /// `obl:unmarked`.
        OblUnmarked = "obl:unmarked",
        /// `orphan`.
        Orphan = "orphan",
        /// `parataxis`.
        Parataxis = "parataxis",
        /// `punct`.
        Punct = "punct",
        /// `reparandum`.
        Reparandum = "reparandum",
        /// `root`.
        Root = "root",
        /// `vocative`.
        Vocative = "vocative",
        /// `xcomp`.
        Xcomp = "xcomp",
    }
}

labels! {
    /// Kind of thing a name names.
    pub enum NameKind, "`person`, `organization`, `location` or `other`" {
        /// A person, real or fictional.
        Person = "person",
        /// An organization: a body of people that acts as one.
        Organization = "organization",
        /// A country, city, region, building or body of water.
        Location = "location",
        /// An event, work, law or product.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for label in Deprel::ALL {
            assert_eq!(label.as_str().parse(), Ok(*label));
        }
        assert_eq!((Upos::ALL.len(), Xpos::ALL.len(), Deprel::ALL.len()), (17, 50, 51));
    }

    #[test]
    fn an_unknown_label_is_refused() {
        let error = "noun".parse::<Upos>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "read `noun`, expected a universal part of speech, as in `NOUN`"
        );
    }
}
