# ruff: noqa: E501
"""Names that sections of newspapers and magazines have, in several languages (lower case)."""

from __future__ import annotations

_NAMES = """
news | world | world news | national | local | local news | politics | us politics | uk politics | business | economy | economics
finance | markets | money | companies | technology | tech | science | health | environment | climate | energy | education | culture
arts | arts & culture | books | film | movies | music | television | tv | theatre | entertainment | celebrity | style | fashion
food | food & drink | recipes | travel | sport | sports | football | soccer | cricket | tennis | golf | motorsport | racing
opinion | opinions | editorial | comment | commentary | analysis | column | columns | letters | perspectives | ideas | essays
features | feature | investigations | investigation | interviews | interview | explainer | explainers | review | reviews | reports
society | lifestyle | life | family | parenting | relationships | home & garden | real estate | property | housing | religion | faith
crime | law | justice | courts | security | defense | defence | military | war | foreign policy | diplomacy | media | history | art
innovation | startups | cybersecurity | artificial intelligence | gadgets | gaming | games | space | transport | transportation
cars | automotive | agriculture | farming | nature | animals | weather | obituaries | jobs | careers | personal finance | investing
africa | americas | asia | asia-pacific | asia pacific | europe | european union | middle east | middle east & africa | latin america
north america | south america | central america | central asia | south asia | southeast asia | east asia | australia | oceania
uk | u.s. | us | usa | united states | china | russia | india | canada | ukraine | israel | iran | germany | france | japan
global | international | regions | nation | metro | washington | brussels | london | new york
politik | wirtschaft | kultur | gesellschaft | wissenschaft | wissen | technik | digital | netzwelt | gesundheit | panorama | sport
feuilleton | meinung | kommentar | ausland | inland | deutschland | europa | welt | reise | bildung | umwelt | geschichte | medien
politique | économie | monde | culture | société | sciences | santé | planète | idées | débats | tribune | enquête | enquêtes
éducation | médias | afrique | proche-orient | amériques | asie | france | international | voyages | gastronomie
política | economía | cultura | sociedad | ciencia | tecnología | salud | deportes | mundo | internacional | opinión | educación
españa | américa latina | medio ambiente | economia | politica | cronaca | cultura | esteri | scienze | scienza | tecnologia | salute
mondo | italia | ambiente | sociedade | ciência | saúde | esportes | desporto | opinião | educação | brasil | portugal | meio ambiente
polityka | gospodarka | kultura | nauka | zdrowie | społeczeństwo | świat | kraj | opinie | technologia | historia | wiadomości | ekonomia
politiek | economie | cultuur | wetenschap | buitenland | binnenland | opinie | samenleving | gezondheid | wereld
политика | экономика | общество | культура | наука | спорт | мир | в мире | технологии | здоровье | мнения | история | бизнес | россия
政治 | 经济 | 国际 | 社会 | 文化 | 科技 | 体育 | 财经 | 评论 | 健康 | 教育 | 历史
"""
SECTIONS = frozenset(name.strip() for row in _NAMES.strip().split("\n") for name in row.split("|"))
