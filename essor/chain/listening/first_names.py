"""First names common in France, in plain lower case: they tell a list of people from a list of places."""

_TEXT = """
adam adele adrien agathe agnes aicha alain albert alexandra alexandre alexis alice aline amandine
amelie amina amine anais andre andree angele anna anne antoine antoinette arnaud arthur audrey
aurelie aurelien axel aya baptiste beatrice benjamin benoit bernadette bernard bertrand bilal brahim
brigitte bruno camille capucine carine carole caroline catherine cecile cedric celia celine chantal
charles charlotte chloe christelle christian christiane christine christophe claire clara claude
claudine clemence clement colette colin corinne cyril damien daniel daniele danielle david deborah
delphine denis denise didier dominique dylan edith eliane elias elisabeth elise elodie elsa emilie
emma emmanuel emmanuelle enzo eric estelle ethan etienne eva evelyne fabien fabienne fabrice farid
fatima fatou felix fernand fernande florence florent florian france franck francois francoise
frederic frederique gabriel gabrielle gael gaelle gaetan genevieve georges georgette gerard germaine
ghislaine gilbert gilberte gilles ginette gisele gregory guillaume guy habib hamza hassan helene
henri henriette herve hugo hugues ibrahim ines irene isabelle jacqueline jacques jade jamila janine
jean jeanne jeannine jennifer jeremy jerome jessica joel joelle johan jonathan jose joseph josette
josiane judith jules julia julie julien juliette justine karim karine kevin khadija laetitia laura
laure laurence laurent lea leo leon leonie liam lila lilou liliane lina lionel louane louis louise
luc lucas lucette lucie lucien lucienne ludovic lydia lydie madeleine mael maeva malik manon marc
marcel marcelle margaux marguerite maria mariam marie marine marion marius marthe martial martin
martine mathieu mathilde mathis maurice maxime mehdi melanie melissa michel micheline michele
mickael mireille mohamed mohammed monique morgane moussa muriel myriam nadege nadia nadine nathalie
nathan nicolas nicole nina noah noel noelle noemie nora odette odile olivia olivier omar oscar
pascal pascale patrice patricia patrick paul paule paulette pauline philippe pierre pierrette
quentin rachel rachid raphael raymond raymonde raynald regine regis remi remy renaud rene renee
richard robert roger roland romain romane rosalie rose roseline sabine sabrina salome samia samir
samira samuel sandra sandrine sara sarah sebastien serge severine simon simone sofia solange sonia
sophie stephane stephanie suzanne sylvain sylvaine sylvia sylvie tatiana theo therese thibault
thierry thomas timothee tom tristan valentin valentine valerie vanessa veronique victor victoria
vincent virginie viviane wassim xavier yacine yamina yann yannick yasmina yasmine youssef yves
yvette yvonne zoe zohra
"""
FIRST_NAMES = frozenset(_TEXT.split())
